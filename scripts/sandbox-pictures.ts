// Takes the pictures of the sandbox in docs/pictures, by doing what a person does after `npm start`.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { launchChromium } from '../test/support/chromium.ts';
import { mailTo, newCustomer, publish, scoreLinks, startedStack, untilIdle } from '../test/support/stack.ts';

const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const { stack, service, org, admin } = await startedStack();
const browser = await launchChromium();

try {
  const customer = await newCustomer(admin, { Name: 'Harbour & Sons' });
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(service);
  const [mail] = await mailTo(org, customer.email);
  if (!mail) throw new Error('No mail arrived.');

  const phone = await browser.newPage({ viewport: { width: 375, height: 812 } });
  await phone.goto(scoreLinks(mail).get('3') ?? '');
  await phone.locator('textarea').fill('The case was closed before the export worked again.');
  await phone.locator('form button').first().click();
  await untilIdle(service);

  const desk = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await picture(desk, '/', 'org-overview');
  await picture(desk, `/org/accounts/${customer.accountId}`, 'org-account');
  await desk.locator('details summary', { hasText: 'Ask for something' }).click();
  await desk.mouse.move(0, 0);
  kept('org-request', await desk.locator('.responses').screenshot());
  await picture(desk, '/org/notifications', 'org-notifications');
  await picture(phone, '/org/notifications', 'org-notifications-phone');
  await picture(desk, '/mail', 'org-mailbox');
  await picture(desk, `/mail/${mail.id}`, 'org-mail');
  await picture(desk, '/org/reports/NPS_Reports/NPS_Renewal_Win_Rate', 'report-win-rate');
  await picture(desk, '/org/dashboards/NPS_Dashboards/NPS_Programme', 'dashboard-programme', { fullPage: true });
  await picture(phone, '/org/dashboards/NPS_Dashboards/NPS_Programme', 'dashboard-programme-phone');
  await picture(desk, '/org/dashboards/NPS_Dashboards/NPS_Customer_Success', 'dashboard-csm', { fullPage: true });
  await phone.goto(`${org}/org/reports/NPS_Reports/NPS_Follow_Up_Metrics`);
  await phone.locator('.summary').evaluate((table) => table.scrollIntoView());
  await saved(phone, 'report-metrics-phone');
  await picture(phone, `/org/accounts/${customer.accountId}`, 'org-account-phone');
} finally {
  await browser.close();
  await stack.stop();
}

async function picture(page: Page, path: string, name: string, { fullPage = false } = {}): Promise<void> {
  await page.goto(org + path);
  await page.waitForLoadState('networkidle');
  await saved(page, name, { fullPage });
}

async function saved(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  if (fullPage) return kept(name, await page.screenshot({ fullPage }));
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const { bottom } = await page.locator('footer').evaluate((footer) => footer.getBoundingClientRect());
  // Below the foot there is nothing to see.
  return kept(name, await page.screenshot({ clip: { x: 0, y: 0, width, height: Math.min(height, bottom) } }));
}

function kept(name: string, picture: Buffer): void {
  writeFileSync(`${folder}${name}.png`, picture);
  console.log(`${name}.png`);
}
