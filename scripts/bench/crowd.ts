// Customers who all press the button at the same moment, in a process of their own: they do not share the org's.
import { answerOrders } from './helper-process.ts';

export interface CrowdOrder {
  answers: readonly { link: string; score: number }[];
}

answerOrders(async ({ answers }: CrowdOrder): Promise<{ thanked: number }> => {
  const statuses = await Promise.all(answers.map(give));
  return { thanked: statuses.filter((status) => status === 200).length };
});

async function give({ link, score }: CrowdOrder['answers'][number]): Promise<number> {
  const body = new URLSearchParams({
    score: String(score),
    comment: 'The reports are slow.',
    pressed: 'yes',
    seen: 'yes',
  });
  const response = await fetch(link, { method: 'POST', body });
  await response.text();
  return response.status;
}
