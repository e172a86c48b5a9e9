// findComplaints runs inside the page and gives what a person would complain about.
export function findComplaints({ onWall }) {
  const complaints = [];
  const panels = [...document.querySelectorAll('[data-viz-panel-key]')];
  if (panels.length === 0) complaints.push('no panel is drawn');
  for (const panel of panels) {
    const name = panel.querySelector('h2, h6, [data-testid*="header-container"] [title]')?.textContent ?? panel.getAttribute('data-viz-panel-key');
    if (panel.querySelector('[data-testid="data-testid Panel status error"], [aria-label="Panel status error"]')) complaints.push(`${name}: an error`);
    if (/(^|\n)\s*No data\s*($|\n)/.test(panel.innerText)) complaints.push(`${name}: No data`);
    if (/Value #|NaN|undefined|\$\{|\{\{/.test(panel.innerText)) complaints.push(`${name}: raw label: ${panel.innerText.match(/.{0,20}(Value #|NaN|undefined|\$\{|\{\{).{0,20}/)?.[0]}`);
    for (const letters of panel.querySelectorAll('span, div, h2, h6, p, td, button')) {
      const own = [...letters.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '');
      if (!own) continue;
      const style = getComputedStyle(letters);
      const clips = style.overflowX === 'hidden' || style.textOverflow === 'ellipsis';
      if (clips && letters.scrollWidth > letters.clientWidth + 1) complaints.push(`${name}: cut off: ${letters.textContent.trim().slice(0, 60)}`);
      const box = letters.getBoundingClientRect();
      const frame = panel.getBoundingClientRect();
      if (box.width > 0 && style.position !== 'absolute' && box.right > frame.right + 2) complaints.push(`${name}: over the edge: ${letters.textContent.trim().slice(0, 60)}`);
      if (onWall && Number.parseFloat(style.fontSize) < 22 && letters.checkVisibility() && box.width > 1) {
        complaints.push(`${name}: ${style.fontSize} is too small for a wall: ${letters.textContent.trim().slice(0, 40)}`);
      }
    }
  }
  return [...new Set(complaints)];
}
