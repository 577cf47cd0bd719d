/** The API calls made, by method and pattern of their path; a composite one counts once. */
export interface Calls {
  add(method: string, path: string): void;
  total(): number;
  list(): { method: string; path: string; count: number }[];
  reset(): void;
}

export function countCalls(): Calls {
  const counts = new Map<string, number>();
  const total = () => [...counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    add: (method, path) => void counts.set(`${method} ${path}`, (counts.get(`${method} ${path}`) ?? 0) + 1),
    total,
    list: () =>
      [...counts].map(([key, count]) => {
        const [method = '', path = ''] = key.split(' ');
        return { method, path, count };
      }),
    reset: () => counts.clear(),
  };
}
