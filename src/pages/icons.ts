/**
 * The icons: 24 box, 1.5 px stroke, round ends (ui guide). Drawn inline once a page, and only those that the page uses:
 * `sprite` reads the rendered page for `<use href="#name">`.
 */
export const icons = {
  alert: '<path d="M12 4 21.5 20h-19zM12 10v4.5M12 17.3v.01"/>',
  animal:
    '<path d="M4 12a6 5 0 0 1 6-5h4l3-2.500v3.200c1.2.9 2 2 2.3 3.300l1.2.5v3H18l-1.5 1.500V19h-2.300v-2h-4v2H8v-2.600A5.5 5.5 0 0 1 4 12zM16.5 11v.01"/>',
  back: '<path d="M8 5 3.5 9.5 8 14M3.5 9.500h11a5 5 0 0 1 0 10H9"/>',
  basket: '<path d="M3.5 10h17l-2 10h-13zM8 10l3-6M16 10l-3-6M10 13.5v3M14 13.5v3"/>',
  bin: '<path d="M4 6.500h16M9 6.500V4h6v2.500M6 6.5 7 20.500h10l1-14M10 10.500v6M14 10.500v6"/>',
  box: '<path d="m4 8 8-4 8 4v8.5l-8 4-8-4zM4 8l8 4 8-4M12 12v8.5"/>',
  camera: '<path d="M3.5 8H8l1.5-3h5L16 8h4.5v11h-17z"/><circle cx="12" cy="13.3" r="3.2"/>',
  cart: '<path d="M3 4h2.500l2.5 11h9.500L20 7.500H6.3"/><circle cx="9" cy="19" r="1.5"/><circle cx="16.5" cy="19" r="1.5"/>',
  check: '<path d="M5 12.5 10 17.5 19.5 7"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
  cloud: '<path d="M7 19a4 4 0 0 1-.5-8A5.5 5.5 0 0 1 17 9.5 4.8 4.8 0 0 1 17 19z"/>',
  code: '<path d="m8 7-5 5 5 5M16 7l5 5-5 5M13.5 4.5l-3 15"/>',
  cold: '<path d="M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9M9.5 4 12 6.5 14.5 4M9.5 20l2.5-2.5 2.5 2.5"/>',
  down: '<path d="M12 4v12M6 11l6 6 6-6M5 20.5h14"/>',
  drop: '<path d="M12 3.500c4 4.8 6 7.7 6 10.500a6 6 0 0 1-12 0c0-2.8 2-5.7 6-10.500z"/>',
  eye: '<path d="M2.5 12C5 7.5 8.3 5.5 12 5.500s7 2 9.5 6.500c-2.5 4.5-5.8 6.5-9.5 6.500S5 16.5 2.5 12z"/><circle cx="12" cy="12" r="3"/>',
  fert: '<path d="M7 3.5h10L15.5 7 18 19a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2L8.5 7zM12 18v-6M12 14.5c-2 0-3-1-3-3 2 0 3 1 3 3zM12 13c0-2 1-3 3-3 0 2-1 3-3 3z"/>',
  fish: '<path d="M3 12c3-4.5 6.5-6 10-6 3 0 5 2 7.5 6-2.5 4-4.5 6-7.5 6-3.5 0-7-1.5-10-6zM3 8v8M15.5 11v.01M11.5 8.500c1 2 1 5 0 7"/>',
  flask: '<path d="M9 3h6M10 3v6l-5 9a2 2 0 0 0 1.8 3h10.4a2 2 0 0 0 1.8-3l-5-9V3M7.5 15h9"/>',
  go: '<path d="m9 5 7 7-7 7"/>',
  hold: '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 8.500v7M14.5 8.500v7"/>',
  in: '<path d="M12 3.500V14M7.5 10l4.5 4.5 4.5-4.500M4 14v6h16v-6"/>',
  info: '<circle cx="12" cy="12" r="8.5"/><path d="M12 11.5V16M12 8v.01"/>',
  key: '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.500M15.5 8l3 3M13.5 10l2 2"/>',
  knife: '<path d="M3 17.5 16.5 4c2.5 1.5 3 5.5-1 9.500l-3 3-2-2-3.5 3.500zM14 17l3.5 3.5"/>',
  link: '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1.5 1.500M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1.5-1.5"/>',
  list: '<path d="M8 6h12M8 12h12M8 18h12M4 6v.01M4 12v.01M4 18v.01"/>',
  lock: '<path d="M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
  logo: '<path d="M12 7.5v.01M7.5 9a4.5 4.5 0 0 0 9 0M3.5 9a8.5 8.5 0 0 0 17 0M9 20.5h6"/>',
  medal: '<circle cx="12" cy="9" r="5"/><path d="m9 13.5-1.5 7.5 4.5-2.5 4.5 2.5-1.5-7.5"/>',
  meter: '<path d="M10 4.500a2 2 0 0 1 4 0v9a4.2 4.2 0 1 1-4 0zM12 8.500v7"/><circle cx="12" cy="17" r="1.5"/>',
  needle: '<path d="m4 20 4-4M7 13l8-8 4 4-8 8zM13.5 3.500l7 7M10 10l2 2M12.5 7.500l2 2"/>',
  none: '<path d="M5 5h14v14H5z" stroke-dasharray="3.2 2.6"/>',
  off: '<path d="m4 4 16 16M2.5 9.5a14 14 0 0 1 4-2.6M10.5 6a14 14 0 0 1 11 3.5M6 13.2a9 9 0 0 1 4-2.2M15 11.6a9 9 0 0 1 3 1.6M9.5 16.7a4 4 0 0 1 5 0M12 20v.01"/>',
  open: '<path d="m4 8 8 3.500L20 8M4 8v8.500l8 4 8-4V8M4 8l2-3.500M20 8l-2-3.500M12 11.500v9"/>',
  out: '<path d="M14 4H5v16h9M10 12h10.500M17 8l4 4-4 4"/>',
  paper: '<path d="M6 3.500h8.500L18.5 7.500v13H6zM14 3.500V8h4.500M9 12h6.500M9 15.500h6.5"/>',
  pen: '<path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5"/>',
  person: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.500c.5-4.5 3.5-6.5 7.5-6.500s7 2 7.5 6.5"/>',
  pin: '<path d="M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>',
  plant: '<path d="M3 20.5V9.5l5.5 3.5V9.5L14 13V4h3.5l2 16.5zM7 17h2M12.5 17h2"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  pot: '<path d="M4 10h16v6a4.5 4.5 0 0 1-4.5 4.5h-7A4.5 4.5 0 0 1 4 16zM2.5 12.5H4M20 12.5h1.5M6 10a6 4 0 0 1 12 0M12 5.9V4"/>',
  print: '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z"/>',
  rain: '<path d="M7 15.5a4 4 0 0 1-.5-8A5.5 5.5 0 0 1 17 6a4.8 4.8 0 0 1 .5 9.5M9 17l-1 3M13 17l-1 3M16.5 18l-.7 2"/>',
  say: '<path d="M4 4.5h16v11.5h-8L7.5 20v-4H4zM12 7.5v4M12 13.5v.01"/>',
  scan: '<path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16"/>',
  search: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
  share: '<path d="M12 15V3.5M8 7l4-3.5L16 7M7 11H5v9.5h14V11h-2"/>',
  sieve: '<path d="M3 5h18l-7 8.500V20l-4-2v-4.500zM8 9h.01M12 9h.01M16 9h.01"/>',
  spray: '<path d="M8 21h8v-8l-2-3h-4l-2 3zM10 10V6.5h5M10 4h4l2 2.5M19 4v.01M20.5 6.5v.01M19 9v.01M8 16h8"/>',
  sprout: '<path d="M12 21v-9M12 14c0-4-2.5-6-7.5-6 0 4 2.5 6 7.5 6zM12 11c0-4 2.5-6.5 7.5-6.5 0 4.5-2.5 6.5-7.5 6.5z"/>',
  stop: '<path d="M8.5 3h7L21 8.5v7L15.5 21h-7L3 15.5v-7zM8 12h8"/>',
  store: '<path d="M4.5 11v9.5h15V11M3 9l2-5h14l2 5a2.9 2.9 0 0 1-6 0 2.9 2.9 0 0 1-6 0 2.9 2.9 0 0 1-6 0zM9.5 20.5V15h5v5.5"/>',
  sun: '<circle cx="12" cy="12" r="4"/><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1 1M17.4 17.4l1 1M18.4 5.6l-1 1M6.6 17.4l-1 1"/>',
  tel: '<path d="M5 4h4l1.5 4.5L8 10c1 2.5 3 4.8 6 6l1.5-2.5L20 15v4c0 1-1 1.5-2 1.5C10.5 20 4 13.5 3.5 6 3.5 5 4 4 5 4z"/>',
  truck:
    '<path d="M5.2 17H3V6h11v11H8.8M14 10h4l3 3.5V17h-1.7M15.7 17H14"/><circle cx="7" cy="17.5" r="1.8"/><circle cx="17.5" cy="17.5" r="1.8"/>',
  wind: '<path d="M3 9h11a2.5 2.5 0 1 0-2.5-2.5M3 13h15a2.5 2.5 0 1 1-2.5 2.5M3 17h7"/>',
} as const;

export type IconName = keyof typeof icons;

export const isIcon = (name: string): name is IconName => Object.hasOwn(icons, name);

/** The `<symbol>`s that this HTML uses, as one hidden SVG. */
export function sprite(html: string): string {
  const used = new Set([...html.matchAll(/<use href="#([a-z]+)"/g)].map((match) => match[1] ?? ''));
  const symbols = [...used].filter(isIcon).map((name) => `<symbol id="${name}" viewBox="0 0 24 24">${icons[name]}</symbol>`);
  return symbols.length === 0 ? '' : `<svg width="0" height="0" hidden>${symbols.join('')}</svg>`;
}
