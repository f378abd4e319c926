#pragma once
// What is the same on every page: its looks, and what makes its tables searchable, filterable and sortable.

#include <string_view>

namespace vigie::html {

// Colours as in the workbook: texts stand out from their ground by at least 4.5:1.
inline constexpr std::string_view kStyle = R"css(
:root{color-scheme:light}
*{box-sizing:border-box}
[hidden]{display:none!important}
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
.tools button,.tools input{font:inherit}
.tools{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;margin:.4rem 0}
.pages [aria-disabled=true]{color:#595959}
.rows{overflow:auto;max-height:80vh;border:1px solid #c9d3de}
tbody tr{scroll-margin-top:6rem}
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

// A list's table stands within noscript, a row a line: with scripts that is one text, and only the rows that are drawn
// become elements.
inline constexpr std::string_view kScript = R"js(
'use strict';
const most = 500;  // rows drawn at once: browsers take seconds for thousands
const figures = number => number.toLocaleString('fr');
const entities = {amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'"};
const plain = html => html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);
const folded = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
const cells = row => row.split(/(?=<td)/).slice(1);
const text = cell => folded(plain(cell));
const key = cell => {
  const known = /^<td [^>]*data-k="([^"]*)"/.exec(cell)?.[1] ?? text(cell);
  return known === '' || isNaN(known) ? known : Number(known);
};
// Numbers before texts; what is empty last, whichever way.
const order = (a, b, down) => a === b ? 0 : a === '' ? 1 : b === '' ? -1 :
  (down ? -1 : 1) * (typeof a !== typeof b ? (typeof a === 'number' ? -1 : 1) : a < b ? -1 : 1);

class List {
  constructor(list) {
    for (const made of list.querySelectorAll('table, .tools')) made.remove();  // of a page that a browser saved
    const lines = list.querySelector('noscript').textContent.split('\n'), isRow = line => line.startsWith('<tr ');
    this.rows = this.sorted = lines.filter(isRow).map(html => ({html}));
    this.box = list.querySelector('.rows');
    this.box.insertAdjacentHTML('beforeend', lines.filter(line => !isRow(line)).join(''));
    this.table = list.querySelector('table');
    list.insertAdjacentHTML('afterbegin', `<div class="tools"><label>Rechercher <input type="search"></label>
      <span role="status"></span><span class="pages"><button type="button">Lignes précédentes</button>
      <button type="button">Lignes suivantes</button></span></div>`);
    this.heads = [...this.table.tHead.rows[0].cells];
    for (const head of this.heads)
      head.innerHTML = `<button type="button">${head.innerHTML}</button><input aria-label="Filtrer : ${head.innerHTML}">`;
    this.search = list.querySelector('.tools input');
    this.filters = this.heads.map(head => head.querySelector('input'));
    this.said = list.querySelector('[role=status]');
    this.pages = list.querySelector('.pages');
    let wait;
    for (const input of [this.search, ...this.filters])
      input.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(() => this.filter(), 150); });
    this.heads.forEach((head, c) => head.querySelector('button').addEventListener('click', () => this.sort(head, c)));
    [-most, most].forEach((by, i) => this.pages.children[i].addEventListener('click', () => this.turn(by)));
    this.shown = this.rows;
    this.first = 0;
    this.draw();
  }
  filter() {
    const words = folded(this.search.value).split(/\s+/).filter(Boolean);
    const wanted = this.filters.map(input => folded(input.value));
    const asked = words.length > 0 || wanted.some(Boolean);
    this.shown = !asked ? this.sorted : this.sorted.filter(row => {
      row.texts ??= cells(row.html).map(text);
      return words.every(word => row.texts.some(each => each.includes(word))) &&
        wanted.every((word, c) => row.texts[c].includes(word));
    });
    this.show(0);
  }
  sort(head, c) {
    const down = head.getAttribute('aria-sort') === 'ascending';
    for (const other of this.heads) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const keyed = this.rows.map(row => [key(cells(row.html)[c]), row]);
    this.sorted = keyed.sort((a, b) => order(a[0], b[0], down)).map(each => each[1]);
    this.filter();
  }
  turn(by) {
    if (this.shown[this.first + by]) this.show(this.first + by);
  }
  show(first) {
    this.first = first;
    this.box.scrollTop = 0;
    this.draw();
  }
  draw(first = this.first, end = Math.min(first + most, this.shown.length)) {
    const body = this.table.tBodies[0];
    body.innerHTML = this.shown.slice(first, end).map(row => row.html).join('');
    [...body.rows].forEach((row, i) => row.setAttribute('aria-rowindex', first + i + 2));
    this.table.setAttribute('aria-rowcount', this.shown.length + 1);
    this.pages.hidden = this.shown.length <= most;
    [first === 0, end === this.shown.length].forEach((none, i) => this.pages.children[i].setAttribute('aria-disabled', none));
    this.said.textContent = figures(this.shown.length) + ' sur ' + figures(this.rows.length) +
      (this.pages.hidden ? '' : ` · lignes ${figures(first + 1)} à ${figures(end)}`);
  }
  // Whether the row is of this list, and so drawn.
  reveal(id) {
    const named = row => row.html.startsWith(`<tr id="${id}"`);
    if (!this.rows.some(named)) return false;
    if (!this.shown.some(named)) {
      for (const input of [this.search, ...this.filters]) input.value = '';
      this.filter();
    }
    const place = this.shown.findIndex(named);
    this.show(place - place % most);
    return true;
  }
}
const lists = [...document.querySelectorAll('.list')].map(list => new List(list));
const reveal = id => id && !document.getElementById(id) && lists.some(list => list.reveal(id));
reveal(location.hash.slice(1));
document.addEventListener('click', event => reveal(event.target.closest('a')?.hash.slice(1)));
addEventListener('hashchange', () => reveal(location.hash.slice(1)) && location.replace(location.hash));
addEventListener('beforeprint', () => lists.forEach(list => list.draw(0, list.shown.length)));
addEventListener('afterprint', () => lists.forEach(list => list.draw()));
)js";

}  // namespace vigie::html
