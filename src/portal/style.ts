/** How the pages look: one quiet card in the middle, light and dark as the reader has it, from 390 pixels up. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f5f4, #121615); --card: light-dark(#ffffff, #1b211f); --text: light-dark(#17211e, #e7ecea);
  --soft: light-dark(#53615c, #a2afaa); --line: light-dark(#d9e0dd, #33403b); --edge: light-dark(#7c8a85, #7f8d88);
  --accent: light-dark(#0b6b4f, #62d2aa); --on-accent: light-dark(#ffffff, #0b1a14); --tint: light-dark(#e6f2ed, #16312a);
  --bad: light-dark(#a8201a, #ff9d94); --bad-tint: light-dark(#fdeceb, #3a1a18);
  --shadow: light-dark(0 1px 2px #17211e14, 0 0 #0000), light-dark(0 12px 40px #17211e14, 0 0 #0000);
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
.brand { display: inline-flex; align-items: center; gap: .6rem; font-weight: 650; letter-spacing: -.01em; color: var(--text); text-decoration: none; }
.brand svg { display: block; }
h1 { margin: 0 0 .35rem; font-size: 1.55rem; line-height: 1.2; letter-spacing: -.02em; font-weight: 650; text-wrap: balance; }
h2 { margin: 2.25rem 0 .5rem; font-size: 1.1rem; letter-spacing: -.01em; }
p { margin: 0 0 1rem; }
h1, p { overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.small { font-size: .9rem; }
code { font: .92em/1.4 ui-monospace, monospace; }

.alone { display: grid; place-items: center; align-content: center; gap: 1.5rem; padding: 2rem 1rem; }
.alone main { width: 100%; max-width: 26rem; background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 2.25rem; box-shadow: var(--shadow); }

.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top > div { max-width: 60rem; margin: 0 auto; padding: .75rem 1.25rem; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; }
.top nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; flex: 1; }
.top nav a { color: var(--soft); text-decoration: none; padding: .35rem 0; border-bottom: 2px solid transparent; }
.top nav a:hover { color: var(--text); }
.top nav a[aria-current] { color: var(--text); border-color: var(--accent); }
.wide main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
.narrow { max-width: 30rem; }

form { margin: 0; }
.field { margin: 0 0 1.1rem; }
label { display: block; font-weight: 600; font-size: .93rem; margin-bottom: .35rem; }
input { width: 100%; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: 9px; padding: .6rem .75rem; min-height: 2.9rem; }
input[aria-invalid] { border-color: var(--bad); }
input.code { font: 1.25rem/1.4 ui-monospace, monospace; letter-spacing: .25em; }
.hint { color: var(--soft); font-size: .88rem; margin: .35rem 0 0; }
.wrong { color: var(--bad); font-size: .9rem; margin: .35rem 0 0; }
button { font: inherit; font-weight: 600; cursor: pointer; min-height: 2.75rem; padding: .5rem 1.1rem; border-radius: 9px; border: 1px solid var(--edge); background: var(--card); color: var(--text); }
button:hover { background: var(--tint); }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.main:hover { filter: brightness(1.08); }
.alone button, .alone .button { width: 100%; }
.top form { min-width: 0; }
button.link { overflow-wrap: anywhere; border: 0; background: none; min-height: 0; padding: .35rem 0; color: var(--soft); font-weight: 400; }
button.link:hover { color: var(--text); text-decoration: underline; }
.button { display: inline-block; text-align: center; font-weight: 600; padding: .6rem 1.1rem; border-radius: 9px; background: var(--accent); color: var(--on-accent); text-decoration: none; }
.or { display: flex; align-items: center; gap: .75rem; margin: 1.1rem 0; color: var(--soft); font-size: .88rem; }
.or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.foot { margin: 1.25rem 0 0; text-align: center; font-size: .93rem; }
.foot a { display: inline-block; padding: .2rem .5rem; }
.note, .alert { border-radius: 9px; padding: .7rem .9rem; margin: 0 0 1.25rem; font-size: .95rem; }
.note { background: var(--tint); }
.alert { background: var(--bad-tint); color: var(--bad); }
details summary { cursor: pointer; padding: .5rem 0; color: var(--soft); font-size: .93rem; }
[hidden] { display: none; }

.tiles { list-style: none; margin: 1.5rem 0 0; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
.tiles a { display: flex; align-items: center; gap: .9rem; height: 100%; padding: 1.1rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; color: var(--text); text-decoration: none; font-weight: 600; }
.tiles a:hover { border-color: var(--accent); box-shadow: var(--shadow); }
.tiles small { display: block; font-weight: 400; color: var(--soft); }
.logo { flex: none; width: 2.75rem; height: 2.75rem; border-radius: 10px; object-fit: contain; display: grid; place-items: center; background: var(--tint); color: var(--accent); font-size: 1.2rem; }
img.logo { background: #fff; padding: .2rem; }
.tiles a > span:last-child { min-width: 0; overflow-wrap: anywhere; hyphens: auto; }
.empty { margin: 1.25rem 0 0; background: var(--card); border: 1px dashed var(--line); border-radius: 14px; padding: 2rem; text-align: center; color: var(--soft); }

.rows { list-style: none; margin: 1rem 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
.rows li { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .9rem 1.1rem; }
.rows li + li { border-top: 1px solid var(--line); }
.rows li > div { flex: 1 1 14rem; min-width: 0; overflow-wrap: anywhere; }
.rows strong { font-weight: 600; margin-right: .4rem; }
time { white-space: nowrap; }
.mark { display: inline-block; font-size: .8rem; background: var(--tint); color: var(--accent); border-radius: 99px; padding: .05rem .6rem; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; }
.qr { display: block; width: 13rem; max-width: 100%; margin: 1rem auto; background: #fff; border-radius: 12px; padding: .75rem; }
.qr svg { display: block; width: 100%; height: auto; }
.secret { font: .95rem/1.6 ui-monospace, monospace; overflow-wrap: anywhere; }
.codes { list-style: none; margin: 1rem 0; padding: 1rem 1.25rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(12.5rem, 1fr)); gap: .35rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; font: 1rem/1.7 ui-monospace, monospace; }
@media (max-width: 42rem) {
  .top > div { justify-content: space-between; }
  .top nav { order: 1; flex-basis: 100%; justify-content: space-between; gap: .25rem .4rem; font-size: .85rem; }
}
@media (max-width: 30rem) {
  .alone { align-content: start; padding: 1.25rem .75rem; }
  .alone main { padding: 1.5rem 1.25rem; }
}
@media (forced-colors: active) { button, .button { border: 1px solid; } }
`;
