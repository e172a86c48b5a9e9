// Opens every dashboard of grafana/dashboards on GRAFANA_URL in Chromium, takes a picture of each, and fails on what a
// person would complain about: an error, "No data", a text that is cut off, letters on a wallboard that are too small.
//
// A word limits it to the pictures with the word in their name, as in wallboards, topics-03, -light or morning-phone.
//
//     GRAFANA_URL=http://127.0.0.1:3000 node look.mjs [PICTURES [WORD]]
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findComplaints } from './complaints.mjs';

const grafana = process.env.GRAFANA_URL;
if (!grafana) {
  console.error('look: set GRAFANA_URL to the address of a Grafana with these dashboards, as in http://127.0.0.1:3000');
  process.exit(2);
}
const [pictures = 'look-pictures', word = ''] = process.argv.slice(2);
const dashboards = join(dirname(fileURLToPath(import.meta.url)), '..', 'dashboards');
const wall = 'kiosk&_dash.hideTimePicker&_dash.hideVariables&_dash.hideLinks&_dash.hideDashboardControls';

function boards() {
  const all = [];
  for (const folder of readdirSync(dashboards)) {
    for (const file of readdirSync(join(dashboards, folder))) {
      const board = JSON.parse(readFileSync(join(dashboards, folder, file), 'utf8'));
      all.push({ ...board, folder, name: `${folder}-${file.replace('.json', '')}` });
    }
  }
  return all;
}

// views are the sizes and themes in which a dashboard has to hold, as far as the word asks for them.
function views(board) {
  const desk = ['dark', 'light'].map((theme) => ({ theme, width: 1920, height: 1080, name: theme }));
  const all = board.folder === 'Managers' ? [...desk, { theme: 'light', width: 390, height: 844, name: 'phone' }] : desk;
  return all.filter((view) => `${board.name}-${view.name}`.toLowerCase().includes(word.toLowerCase()));
}

async function look(browser, board, view) {
  const onWall = board.folder === 'Wallboards';
  const rows = Math.max(...board.panels.map((panel) => panel.gridPos.y + panel.gridPos.h));
  // Panels outside the window are not drawn: a page for a desk is opened as tall as it is.
  const tall = view.width < 800 ? board.panels.length * 420 + 800 : rows * 38 + 260;
  const context = await browser.newContext({
    viewport: { width: view.width, height: onWall ? view.height : Math.max(view.height, tall) },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`));
  await page.goto(`${grafana}/d/${board.uid}?theme=${view.theme}${onWall ? `&${wall}` : ''}`, { waitUntil: 'domcontentloaded', timeout: 120000 });
  await page.waitForSelector('[data-testid^="data-testid Panel header"], [data-viz-panel-key]', { timeout: 120000 });
  await page.waitForLoadState('networkidle', { timeout: 120000 });
  await page.waitForTimeout(1000);
  await page.waitForFunction(() => !document.querySelector('[aria-label="Panel loading bar"]'), null, { timeout: 120000 });
  await page.waitForTimeout(1500);
  complaints.push(...(await page.evaluate(findComplaints, { onWall })));
  await page.screenshot({ path: join(pictures, `${board.name}-${view.name}.png`) });
  await context.close();
  return complaints;
}

mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--font-render-hinting=none'] });
let pages = 0;
let panels = 0;
let failed = 0;
for (const board of boards()) {
  for (const view of views(board)) {
    const complaints = await look(browser, board, view).catch((error) => [error.message]);
    pages += 1;
    panels += board.panels.length;
    failed += complaints.length;
    console.log(`${complaints.length === 0 ? 'ok  ' : 'FAIL'} ${board.name} ${view.name}: ${board.panels.length} panels`);
    for (const complaint of complaints) console.log(`     ${complaint}`);
  }
}
await browser.close();
console.log(`${pages} pages, ${panels} panels, ${failed} complaints; pictures in ${pictures}`);
process.exit(failed === 0 && pages > 0 ? 0 : 1);
