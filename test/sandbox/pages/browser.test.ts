import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from '../../support/chromium.ts';
import { openTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

describe.skipIf(!chromiumPath)(`the sandbox pages in a browser${needsChromium}`, () => {
  let sandbox: TestSandbox;
  let browser: Browser;
  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([openTestSandbox(), launchChromium()]);
    const link = `<script>document.title = 'ran'</script><a href="${sandbox.url}/org/tasks">10</a>`;
    const response = await fetch(`${sandbox.url}/v3/mail/send`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${sandbox.environment.SENDGRID_API_KEY}`,
      },
      body: JSON.stringify({
        personalizations: [{ to: [{ email: 'jane@customer.example' }] }],
        from: { email: 'lena@fernbrook.example' },
        subject: 'One question',
        content: [{ type: 'text/html', value: link }],
      }),
    });
    expect(response.status).toBe(202);
  });
  afterAll(() => Promise.all([browser.close(), sandbox.close()]));

  test('no page is wider than a 375 px phone', async () => {
    const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
    const [account] = sandbox.org.query("SELECT Id FROM Account WHERE Name = 'Ironbridge Capital'");
    const [mail] = await sandbox.messages();
    const paths = [
      '/',
      `/org/accounts/${account?.Id}`,
      '/org/surveys',
      '/org/responses',
      '/org/notifications',
      '/org/tasks',
      '/org/reports/NPS_Reports/NPS_Renewal_Win_Rate',
      '/org/reports/NPS_Reports/NPS_Detractor_Queue',
      '/org/dashboards/NPS_Dashboards/NPS_Programme',
      '/mail',
      `/mail/${mail?.id}`,
    ];
    for (const path of paths) {
      await page.goto(sandbox.url + path);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect(width, path).toBe(375);
    }
  });

  test('a link in a mail opens a tab of its own, which works', async () => {
    const page = await browser.newPage();
    const [mail] = await sandbox.messages();
    await page.goto(`${sandbox.url}/mail/${mail?.id}`);
    const popup = page.waitForEvent('popup');
    await page.frameLocator('iframe').getByText('10').click();
    const opened = await popup;
    await opened.waitForLoadState();
    expect(opened.url()).toBe(`${sandbox.url}/org/tasks`);
    expect(await opened.title()).toContain('Tasks');
  });

  test('travelling and publishing work by clicking', async () => {
    const page = await browser.newPage();
    await page.goto(sandbox.url);
    const before = sandbox.org.now();
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.waitForLoadState();
    expect(sandbox.org.now().getTime() - before.getTime()).toBeGreaterThanOrEqual(86_400_000);
    await page.getByLabel('Account').selectOption('Castlereach Energy');
    await page.getByRole('button', { name: 'First' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').innerText()).toContain('Castlereach Energy');
  });
});
