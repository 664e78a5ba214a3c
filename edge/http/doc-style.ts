/** The looks of the readable page: one column to read, quiet colours, light and dark. */
export const STYLE = `
:root { color-scheme: light dark;
  --ground: #faf9f6; --surface: #ffffff; --code: #f3f1ec; --line: #e2ded5; --text: #1a222b; --muted: #545f6b;
  --link: #17599f; --get: #0a6b4e; --write: #835400; --stop: #b2341a;
  --font: "Segoe UI", system-ui, -apple-system, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Zen Hei", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #11161c; --surface: #182029; --code: #0d1217; --line: #2b3743; --text: #e8edf2; --muted: #a9b4c0;
  --link: #6fb7ff; --get: #2cc295; --write: #ffc247; --stop: #ff7a59; } }
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 24px; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 400 16px/1.65 var(--font); }
.page { display: grid; grid-template-columns: 232px minmax(0, 860px); gap: 56px; max-width: 1240px; margin: 0 auto; padding: 40px 32px 120px; }
nav { position: sticky; top: 24px; align-self: start; max-height: calc(100vh - 48px); overflow-y: auto; font-size: 14px; line-height: 1.5; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { margin: 0 0 2px; }
nav li a { display: block; padding: 5px 10px; border-radius: 8px; color: var(--muted); text-decoration: none; }
nav li a:hover { color: var(--text); background: var(--code); }
nav .brand { display: block; padding: 0 10px; font-size: 20px; font-weight: 650; color: var(--text); text-decoration: none; letter-spacing: -0.01em; }
nav .languages { display: flex; gap: 4px; padding: 6px 6px 14px; margin-bottom: 10px; border-bottom: 1px solid var(--line); }
nav .languages a { padding: 3px 8px; border-radius: 8px; color: var(--muted); text-decoration: none; }
nav .languages a[aria-current] { color: var(--text); background: var(--code); }
h1 { margin: 0 0 8px; font-size: 34px; line-height: 1.2; font-weight: 680; letter-spacing: -0.02em; }
h2 { margin: 72px 0 12px; padding-top: 24px; border-top: 1px solid var(--line); font-size: 24px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; }
h3 { margin: 40px 0 8px; font-size: 17px; line-height: 1.4; font-weight: 650; }
h4 { margin: 20px 0 6px; font-size: 13px; font-weight: 600; color: var(--muted); }
p { margin: 0 0 12px; }
.lead { color: var(--muted); font-size: 18px; }
.muted { color: var(--muted); }
a { color: var(--link); text-underline-offset: 3px; }
main li a { overflow-wrap: anywhere; }
section { padding: 14px 0 6px; }
section + section { border-top: 1px solid var(--line); }
a.here { color: inherit; text-decoration: none; }
a.here:hover::after { content: " #"; color: var(--muted); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
h3:target, section:target, code:target { background: color-mix(in srgb, var(--link) 14%, transparent); }
code, pre { font-family: var(--mono); font-size: 13px; }
code { padding: 1px 5px; border-radius: 5px; background: var(--code); overflow-wrap: anywhere; }
.code { margin: 8px 0 16px; border: 1px solid var(--line); border-radius: 12px; background: var(--code); overflow: hidden; }
.code figcaption { padding: 7px 14px; border-bottom: 1px solid var(--line); color: var(--muted); font-size: 12.5px; }
.code pre { margin: 0; padding: 12px 14px; overflow-x: auto; line-height: 1.55; tab-size: 2; }
.code code { padding: 0; background: none; overflow-wrap: normal; }
.table { margin: 8px 0 16px; overflow-x: auto; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 1.5; }
th, td { padding: 8px 14px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--muted); font-weight: 600; font-size: 12.5px; white-space: nowrap; }
tbody tr:last-child td { border-bottom: 0; }
td:first-child code { overflow-wrap: normal; white-space: nowrap; }
.route { display: flex; gap: 10px; align-items: baseline; flex-wrap: wrap; margin: 0 0 4px; }
.route code { padding: 0; background: none; font-size: 14.5px; font-weight: 600; }
.verb { font: 650 12px/1 var(--mono); text-transform: uppercase; letter-spacing: 0.04em; color: var(--get); }
.verb.post, .verb.put, .verb.delete { color: var(--write); }
.badge { padding: 1px 8px; border: 1px solid var(--line); border-radius: 99px; color: var(--muted); font-size: 12px; white-space: nowrap; }
details { margin: 8px 0; }
summary { color: var(--link); cursor: pointer; font-size: 14px; }
.words p { margin: 0 0 2px; }
footer { margin-top: 72px; padding-top: 20px; border-top: 1px solid var(--line); color: var(--muted); font-size: 14px; }
@media (max-width: 900px) {
  .page { display: block; padding: 24px 18px 80px; }
  nav { position: static; max-height: none; margin-bottom: 32px; }
  nav .list { display: flex; flex-wrap: wrap; gap: 2px; }
  main ul { padding-left: 18px; }
  h1 { font-size: 28px; } h2 { margin-top: 56px; font-size: 22px; }
}
@media print { nav { display: none; } .page { display: block; } .code pre { white-space: pre-wrap; } }
`;
