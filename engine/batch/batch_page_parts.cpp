// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_page_parts.hpp"

namespace zonerank::engine::batch_page_parts {

const std::string_view style = R"(
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2430; --soft: #5a6472; --line: #d8dde4; --bad: #b3261e; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181f; --ink: #e6e9ee; --soft: #9aa4b2; --line: #323a46; --bad: #ff8a80; --link: #8ab8f0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 3rem; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--link); } .soft { color: var(--soft); margin: 0 0 .5rem; } .bad { color: var(--bad); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; } ul { margin: 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
dl.figures { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0; }
dl.figures div { min-width: 5rem; } dt { color: var(--soft); font-size: .8rem; } dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
.maps { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 1rem; }
figure { margin: 0; break-inside: avoid; } figure .map { height: 10rem; display: flex; align-items: center; justify-content: center; border: 1px solid var(--line); border-radius: 4px; padding: 4px; }
figure svg { width: 100%; height: 100%; } figure image { image-rendering: pixelated; filter: drop-shadow(0 0 .5px var(--soft)); }
circle { fill: #fff; stroke: #1d2430; stroke-width: 1; vector-effect: non-scaling-stroke; }
figcaption { font-size: .85rem; overflow-wrap: anywhere; }
.ramp { display: inline-block; width: 8rem; height: .7rem; vertical-align: middle; border-radius: 2px; background: linear-gradient(to right, #440154, #482475, #414487, #355f8d, #2a788e, #21918c, #22a884, #44bf70, #7ad151, #bddf26, #fde725); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { padding: .25rem .6rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
th, .n { white-space: nowrap; } .n { text-align: right; font-variant-numeric: tabular-nums; } .text { min-width: 8rem; overflow-wrap: break-word; } .wrong { min-width: 16rem; }
th button { all: unset; cursor: pointer; font-weight: 600; } th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
th button::after { content: " \2195"; color: var(--soft); font-weight: 400; } th[aria-sort=ascending] button::after { content: " \2191"; } th[aria-sort=descending] button::after { content: " \2193"; }
@media (max-width: 40rem) { th, td { padding: .25rem .35rem; } .text { min-width: 7rem; } th button::after { display: none; } }
@media print { :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --bad: #900; --link: #000; } body { max-width: none; padding: 0; font-size: 11px; } thead { display: table-header-group; } tr { break-inside: avoid; } h2 { break-after: avoid; } nav, th button::after { display: none; } }
)";

const std::string_view script = R"(
'use strict';
for (const table of document.querySelectorAll('table.sortable')) {
  const body = table.tBodies[0];
  table.querySelectorAll('th').forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const falling = head.getAttribute('aria-sort') === 'ascending';
      const key = (row) => row.cells[column].dataset.n ?? row.cells[column].textContent;
      const compare = (a, b) => {
        const x = key(a), y = key(b);
        if (x === '' || y === '') return (x === '') - (y === '');
        const order = head.classList.contains('n') ? x - y : x.localeCompare(y);
        return falling ? -order : order;
      };
      body.append(...Array.from(body.rows).sort(compare));
      table.querySelectorAll('th').forEach((other) => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
    });
  });
}
)";

} // namespace zonerank::engine::batch_page_parts
