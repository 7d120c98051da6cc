/** The look of the web page: light and dark as the reader has it, from 390 pixels up. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #14171c);
  --card: light-dark(#ffffff, #1c2027);
  --text: light-dark(#1b2430, #e6e9ee);
  --soft: light-dark(#55606e, #a3adba);
  --line: light-dark(#dde2e8, #323944);
  --accent: light-dark(#0b6b4f, #5fd3a8);
  --on-accent: light-dark(#ffffff, #0c1a14);
  --warn: light-dark(#fff3d6, #3a2f12);
  --warn-text: light-dark(#6b4a00, #f3d48a);
  --bad: light-dark(#b3261e, #ff9b93);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
.banner { background: var(--warn); color: var(--warn-text); padding: .5rem 1rem; text-align: center; }
header, main { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
.trail { color: var(--soft); margin: 0; }
h1 { margin: .2rem 0 .6rem; font-size: 1.7rem; }
h2 { margin: 0 0 .25rem; font-size: 1.15rem; }
h3 { margin: 1.25rem 0 0; font-size: .8rem; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; padding-bottom: 1rem; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.2rem; margin-bottom: 1rem; }
p { margin: .3rem 0 .7rem; }
.soft { color: var(--soft); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .5rem 0 1rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
code, pre, .token { font: .86em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
button, input, select, textarea { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; max-width: 100%; }
button { cursor: pointer; }
button.main, a.main { background: var(--accent); border: 1px solid var(--accent); border-radius: 6px; color: var(--on-accent); font-weight: 600; padding: .5rem .9rem; }
a.main { text-decoration: none; }
.wide { display: block; width: 100%; text-align: center; padding: .5rem .9rem; }
.tabs a { color: var(--soft); text-decoration: none; border-bottom: 2px solid transparent; padding: .3rem 0; }
.tabs a[aria-current] { color: var(--text); font-weight: 600; border-color: var(--accent); }
main.narrow { max-width: 28rem; padding-top: 2.5rem; }
.field { margin: .8rem 0; }
.field label { display: block; font-weight: 600; margin-bottom: .25rem; }
.field input, .field textarea { width: 100%; }
.field .row input { width: auto; }
[aria-invalid] { border-color: var(--bad); }
.fault { color: var(--bad); margin: .25rem 0 0; }
.done { color: var(--accent); font-weight: 600; }
.apart { justify-content: space-between; gap: .1rem 1rem; }
.entry { border-bottom: 1px solid var(--line); padding: .5rem 0; }
.entry:last-child { border-bottom: 0; }
.entry p { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
.once { background: var(--warn); color: var(--warn-text); border-radius: 8px; padding: .7rem .9rem; margin: 0 0 1rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.row input { flex: 1 1 12rem; min-width: 0; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .85rem; }
th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; }
ul { list-style: none; margin: 0; padding: 0; }
details { border-bottom: 1px solid var(--line); }
::placeholder { color: var(--soft); opacity: 1; }
.long { max-height: 26rem; overflow: auto; }
.request { display: inline-grid; grid-template-columns: 7.5em minmax(0, 1fr) 2.5em 9em; gap: 0 .6rem; width: calc(100% - 1.2em); vertical-align: top; }
summary { cursor: pointer; padding: .4rem 0; overflow-wrap: anywhere; }
details > :not(summary) { margin: 0 0 .6rem 1.1rem; }
pre { white-space: pre-wrap; margin: .2rem 0 .6rem; max-height: 16rem; overflow: auto; }
.status { font-variant-numeric: tabular-nums; font-weight: 600; }
.status.bad { color: var(--bad); }
.counts { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .5rem 0 .8rem; }
.toggle { display: grid; grid-template-columns: 1fr minmax(8rem, 13rem); gap: .2rem 1rem; padding: .7rem 0; border-bottom: 1px solid var(--line); }
.toggle:last-child { border-bottom: 0; }
.toggle p { grid-column: 1; margin: 0; color: var(--soft); font-size: .93em; }
.toggle .control { grid-column: 2; grid-row: 1 / span 2; }
.toggle select, .toggle input, .toggle textarea { width: 100%; }
.fact { padding: .25rem 0; }
.badge { display: inline-block; font-size: .75rem; border: 1px solid var(--line); border-radius: 99px; padding: 0 .55rem; margin-left: .4rem; color: var(--soft); white-space: nowrap; }
.badge.guess { background: var(--warn); color: var(--warn-text); border-color: transparent; }
.badge.documented { color: var(--accent); border-color: currentColor; }
#said { position: sticky; bottom: 0; margin: 0; }
#said:not(:empty) { background: var(--text); color: var(--ground); padding: .5rem .9rem; border-radius: 8px 8px 0 0; }
@media (max-width: 560px) {
  section { padding: .9rem; }
  .toggle { grid-template-columns: 1fr; }
  .toggle .control { grid-column: 1; grid-row: auto; }
  .role { display: none; }
  .request { grid-template-columns: 7em 2.5em minmax(0, 1fr); }
  .request code { grid-column: 1 / -1; grid-row: 2; }
}
`;
