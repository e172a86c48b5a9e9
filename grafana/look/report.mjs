// Opens the committee's reports of a folder in Chromium as at a desk, on a phone and on paper, and fails on what axe finds
// against WCAG 2.2 AA, on a script or a request, and on a table that is wider than the paper. It prints each to PDF.
//
//     node report.mjs FOLDER [PICTURES]
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [folder, pictures = 'look-pictures'] = process.argv.slice(2);
if (!folder) {
  console.error('look: name the folder that holds the reports, as in: node report.mjs reports');
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// A4 less its margins of 12 mm is 186 mm wide, at 96 dots an inch.
const paper = { name: 'paper', width: 703, height: 1000, media: 'print' };
const views = [{ name: 'desk', width: 1280, height: 900, media: 'screen' }, { name: 'phone', width: 390, height: 844, media: 'screen' }, paper];

async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate((tags) => globalThis.axe.run({ runOnly: { type: 'tag', values: tags } }), rules);
  const complaints = result.violations.map(
    (violation) => `${violation.id}: ${violation.help} (${violation.nodes.length}): ${violation.nodes[0].html.slice(0, 160)}`,
  );
  if (result.passes.length < 10) complaints.push(`axe looked at ${found.passes.length} rules only`);
  return complaints;
}

async function look(browser, file, view) {
  const complaints = [];
  const page = await browser.newPage({ viewport: { width: view.width, height: view.height } });
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(`asks for ${request.url()}`);
  });
  await page.emulateMedia({ media: view.media });
  await page.goto(pathToFileURL(resolve(folder, file)).href);
  if ((await page.locator('script').count()) > 0) complaints.push('has a script');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) complaints.push(`is ${wide} pixels wider than the ${view.name}`);
  if (view !== paper) complaints.push(...(await violations(page)));
  const name = join(pictures, `${file.replace('.html', '')}-${view.name}`);
  if (view === paper) await page.pdf({ path: `${name}.pdf`, preferCSSPageSize: true });
  else await page.screenshot({ path: `${name}.png`, fullPage: view.name === 'phone' });
  await page.close();
  return complaints;
}

mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--font-render-hinting=none'] });
let looks = 0;
let failed = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith('.html'))) {
  for (const view of views) {
    const complaints = await look(browser, file, view).catch((error) => [error.message]);
    looks += 1;
    failed += complaints.length;
    console.log(`${complaints.length === 0 ? 'ok  ' : 'FAIL'} ${file} ${view.name}`);
    for (const complaint of complaints) console.log(`     ${complaint}`);
  }
}
await browser.close();
console.log(`${looks} looks, ${failed} complaints; pictures in ${pictures}`);
process.exit(failed === 0 && looks > 0 ? 0 : 1);
