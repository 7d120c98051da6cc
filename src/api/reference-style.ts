/** How the reference page looks, in light and dark. */
export const CSS = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1b1f24, #e6e8eb); --quiet: light-dark(#57606a, #9aa4af); --paper: light-dark(#ffffff, #14171a);
  --line: light-dark(#dde1e6, #2d333a); --tint: light-dark(#f4f6f8, #1d2126); --link: light-dark(#0b57d0, #8ab4f8);
}
* { box-sizing: border-box; }
body {
  margin: 0; display: grid; grid-template-columns: 16rem minmax(0, 1fr); color: var(--ink); background: var(--paper);
  font: 16px/1.6 system-ui, sans-serif;
}
a { color: var(--link); }
nav {
  position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line);
  font-size: .875rem;
}
nav h2 { font-size: .8125rem; margin: 1.25rem 0 .25rem; color: var(--quiet); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .15rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
main { padding: 2rem clamp(1rem, 4vw, 4rem) 6rem; max-width: 64rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
section > h2 { font-size: 1.5rem; margin: 3rem 0 .5rem; padding-bottom: .4rem; border-bottom: 1px solid var(--line); }
article { margin: 2.25rem 0; scroll-margin-top: 1rem; }
h3 { font-size: 1.125rem; margin: 0; }
h4 { font-size: .9375rem; margin: 1.25rem 0 .4rem; }
small { color: var(--quiet); font-weight: 400; }
p { margin: .4rem 0; max-width: 70ch; }
code { font: .875em ui-monospace, monospace; background: var(--tint); padding: .1em .3em; border-radius: .25rem; overflow-wrap: anywhere; }
.route code { background: none; padding: 0; }
.method {
  font: 700 .75rem ui-monospace, monospace; text-transform: uppercase; border: 1px solid currentColor;
  border-radius: .25rem; padding: .1rem .4rem;
}
.get { color: light-dark(#0b57d0, #8ab4f8); } .post { color: light-dark(#116329, #7ee2a8); }
.patch, .put { color: light-dark(#7a4d00, #f0c36d); } .delete { color: light-dark(#a40e26, #ff9c9c); }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); }
th { width: 12rem; font-weight: 400; } td:nth-child(2) { width: 14rem; color: var(--quiet); }
td p { margin: 0; } td table { margin-top: .4rem; } td th { width: 11rem; } td td:nth-child(2) { width: 8rem; }
@media (max-width: 48rem) {
  body { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
  th, td, td:nth-child(2), td th { display: block; width: auto; border: 0; padding: .1rem 0; } tr { border-top: 1px solid var(--line); display: block; padding: .4rem 0; }
}
`;
