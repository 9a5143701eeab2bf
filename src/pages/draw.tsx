/** Line drawings of what is traced, 64 box; the only pictures that a page carries without anyone's photo. */
const drawings = {
  fruit: (
    <>
      <circle cx="20" cy="45" r="11" />
      <circle cx="45" cy="42" r="11" />
      <path d="M21 34c2-12 9-20 19-25M44 31c-1-9-2-15-4-22M40 9c6-3 12-2 16 3-6 4-12 3-16-3zM15 41c1-2 2-3 4-3.5M40 38c1-2 2-3 4-3.5" />
    </>
  ),
  kiwi: (
    <>
      <circle cx="32" cy="32" r="25" />
      <circle cx="32" cy="32" r="22" />
      <ellipse cx="32" cy="32" rx="6" ry="7" />
      <circle cx="32" cy="32" r="11.5" stroke-width="4" stroke-dasharray="1.2 4.8" stroke-linecap="butt" />
      <path d="M32 21v-6M32 43v6M21 32h-6M43 32h6M24.2 24.2l-4.2-4.2M39.8 39.8l4.2 4.2M24.2 39.8 20 44M39.8 24.2 44 20" />
    </>
  ),
  jar: (
    <path d="M20 8h24v8H20zM22 16c0 4-6 5-6 12v24a5 5 0 0 0 5 5h22a5 5 0 0 0 5-5V28c0-7-6-8-6-12M16 30h32M16 48h32M20 12h24M27 43c-3-3-2-7 3-7 4 0 5 4 9 2-1 5-7 8-12 5zM39 38c1-1 1.5-2 1.5-3" />
  ),
  meat: (
    <path d="M9 30c0-11 10-18 24-18 13 0 23 7 23 17 0 13-12 23-27 23C17 52 9 43 9 30zM14 30c0-8 8-13 19-13 10 0 18 5 18 12 0 10-10 18-22 18-9 0-15-7-15-17zM27 30a6 5 0 1 0 12 0 6 5 0 1 0-12 0M20 38c5 4 12 4 17 1M22 24c3-2 6-3 9-3M44 26c1 4 0 7-3 10" />
  ),
  bottle: (
    <path d="M25 6h14v8H25zM27 14v5c0 4-8 5-8 12v24a4 4 0 0 0 4 4h18a4 4 0 0 0 4-4V31c0-7-8-8-8-12v-5M19 33h26M19 50h26M24 38h16M24 42h11M24 46h14" />
  ),
  fish: (
    <path d="M6 32c8-12 18-17 29-17 9 0 15 6 23 17-8 11-14 17-23 17C24 49 14 44 6 32zM6 20v24M46 28v.01M36 20c4 8 4 16 0 24M28 24c2 5 2 11 0 16M20 28c1 3 1 5 0 8" />
  ),
  leaf: (
    <path d="M32 58V30M32 40c0-14-8-21-24-21 0 14 8 21 24 21zM32 32c0-15 8-24 24-24 0 16-8 24-24 24zM32 40 18 26M32 32l14-14" />
  ),
  box: <path d="m10 20 22-11 22 11v25L32 56 10 45zM10 20l22 11 22-11M32 31v25M21 14.5l22 11v9" />,
} as const;
export type DrawingName = keyof typeof drawings;

export const Drawing = ({ name }: { name: DrawingName }) => (
  <svg class="draw" viewBox="0 0 64 64" aria-hidden="true">
    {drawings[name]}
  </svg>
);

const signs: readonly (readonly [RegExp, DrawingName])[] = [
  [/猕猴桃|kiwi/i, 'kiwi'],
  [/豆瓣|酱|醋|罐|jar|sauce|paste/i, 'jar'],
  [/猪|牛|羊|肉|鸡|鸭|pork|beef|meat|pig|livestock/i, 'meat'],
  [/鱼|虾|水产|fish|salmon|aquatic/i, 'fish'],
  [/果|桃|梨|柑|橘|fruit|apple|orange/i, 'fruit'],
  [/菜|茶|椒|豆|蔬|菌|稻|麦|vegetable|tea|chili|bean|crop|seedling/i, 'leaf'],
  [/液|奶|油|酒|水剂|milk|oil|wine/i, 'bottle'],
];
/** The drawing that comes nearest to a product's names or sector; a box when none does. */
export const drawingFor = (...words: (string | undefined)[]): DrawingName =>
  signs.find(([sign]) => words.some((word) => word !== undefined && sign.test(word)))?.[1] ?? 'box';
