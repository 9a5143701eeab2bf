/** Words of pages that tell which entries name a product, a place, a party, or an item of which all was corrected. */
export const mentionWords = {
  title: { zh: '说到它的记录', en: 'Entries that name it' },
  count: {
    zh: (n: number, more: boolean) => (more ? `这里 ${n} 条，后面还有` : `${n} 条`),
    en: (n: number, more: boolean) => (more ? `${n} here, and more` : `${n}`),
  },
  entry: { zh: (n: string) => `第 ${n} 条`, en: (n: string) => `entry ${n}` },
  withdrawn: { zh: '这条后来声明有误，不算数', en: 'declared in error later: it does not count' },
  declaration: { zh: '这是声明有误的记录：它说的不算数', en: 'a declaration of error: what it repeats does not count' },
  more: { zh: '后面的记录', en: 'Later entries' },
  onlyErrors: { zh: '说到它的记录都已声明有误', en: 'every entry about it was declared in error' },
  relation: { zh: '服务关系', en: 'Service relation' },
  lineRelation: { zh: '这是服务关系的编号，不是一批货', en: 'the number of a service relation, not of a lot' },
  place: { zh: '未登记的地点', en: 'Unregistered place' },
  party: { zh: '未登记的单位', en: 'Unregistered party' },
} as const;
