#pragma once
// What is the same on every page: its looks, and what makes its tables searchable, filterable and sortable.

#include <string_view>

namespace vigie::html {

// Colours as in the workbook: texts stand out from their ground by at least 4.5:1.
inline constexpr std::string_view kStyle = R"css(
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;font:15px/1.45 Calibri,Carlito,"Segoe UI",sans-serif;color:#000;background:#fff}
header{background:#1f3a5f;color:#fff;padding:1rem 1.5rem}
h1{font-size:1.6rem;margin:0}
header p{margin:.25rem 0 0}
h2{color:#1f3a5f;font-size:1.3rem;margin:2rem 0 .5rem}
h3{color:#1f3a5f;font-size:1.05rem;margin:1.2rem 0 .4rem}
main{padding:0 1.5rem 3rem}
nav{background:#eef3f8;padding:.5rem 1.5rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
a{color:#1b4f8f}
.skip{position:absolute;left:-100rem}
.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem;z-index:2}
:focus-visible{outline:3px solid #dd7a33;outline-offset:1px}
.notices{background:#fdf3e4;color:#5c2e00;padding:.6rem 1rem .6rem 2rem;margin:.5rem 0}
.tools{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;margin:.4rem 0}
.rows{overflow:auto;max-height:80vh;border:1px solid #c9d3de}
.figures{overflow:auto}
table{border-collapse:collapse}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:.3rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid #c9d3de}
td{max-width:28rem;overflow-wrap:break-word}
td.d,td.c{white-space:nowrap;overflow-wrap:normal}
thead th{position:sticky;top:0;background:#1f3a5f;color:#fff;vertical-align:bottom;white-space:nowrap}
thead button{font:inherit;font-weight:bold;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:left}
thead input{display:block;width:100%;min-width:5rem;margin-top:.25rem;font:inherit}
[aria-sort=ascending] button::after{content:" \25B2"}
[aria-sort=descending] button::after{content:" \25BC"}
.n{text-align:right;white-space:nowrap}
.s3{background:#f5cccc;color:#7a1212;font-weight:bold}
.s2{background:#fbdfc9;color:#6b3000;font-weight:bold}
.s1{background:#fff4d1;color:#5c4600}
.s0{background:#e9eff6;color:#1f3a5f}
.m{font-weight:bold;color:#1b4f8f;background:#dce9f7}
tr:target td{outline:2px solid #dd7a33}
@media print{nav,.tools,thead input,.skip{display:none}.rows{max-height:none;overflow:visible;border:0}thead th{position:static}
@page{size:A4 landscape}}
)css";

inline constexpr std::string_view kScript = R"js(
'use strict';
const folded = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
const key = cell => cell.dataset.k ?? folded(cell.textContent);
// Numbers before texts; what is empty last, whichever way.
const order = (a, b, down) => a === b ? 0 : a === '' ? 1 : b === '' ? -1 :
  (down ? -1 : 1) * (isNaN(a) !== isNaN(b) ? isNaN(a) - isNaN(b) : !isNaN(a) ? a - b : a < b ? -1 : 1);
for (const list of document.querySelectorAll('.list')) {
  const table = list.querySelector('table'), body = table.tBodies[0], rows = [...body.rows];
  const search = list.querySelector('.tools input'), said = list.querySelector('[role=status]');
  const filters = [...table.tHead.querySelectorAll('input')];
  const texts = rows.map(row => [...row.cells].map(cell => folded(cell.textContent)));
  const show = () => {
    const words = folded(search.value).split(/\s+/).filter(Boolean), wanted = filters.map(input => folded(input.value));
    let count = 0;
    rows.forEach((row, i) => {
      const all = texts[i].join(' ');
      row.hidden = !(words.every(word => all.includes(word)) && wanted.every((text, c) => texts[i][c].includes(text)));
      count += row.hidden ? 0 : 1;
    });
    said.textContent = count + ' sur ' + rows.length;
  };
  let wait;
  for (const input of [search, ...filters])
    input.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(show, 150); });
  [...table.tHead.rows[0].cells].forEach((head, c) => head.querySelector('button').addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') === 'ascending';
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const keyed = rows.map((row, i) => [key(row.cells[c]), i, row]);
    keyed.sort((a, b) => order(a[0], b[0], down) || a[1] - b[1]);
    body.append(...keyed.map(each => each[2]));
  }));
  list.querySelector('.tools').hidden = false;
  for (const input of filters) input.hidden = false;
  show();
}
)js";

}  // namespace vigie::html
