import { accountPost, accountReset, accountSwitch, adminAccounts, adminKeys, keyPost, keyRevoke } from '../http/admin.js';
import { adminForm, adminList, adminMandates, adminPost, mandateRevoke } from '../http/admin-subjects.js';
import { seeOther } from '../http/call.js';
import { inspectHome, inspectLot } from '../http/inspect.js';
import type { Route } from '../route.js';
import { blank, form, page, pages, query, words } from './shapes.js';

const admin = { page: true, who: ['admin'] } as const;
const answered = { 303: page, 400: page } as const;
const after = { after: blank() };
const saved = { saved: { enum: ['1'] } };

const subjectRoutes = (collection: 'parties' | 'places' | 'mandates', zh: string, en: string): Route[] => {
  const path = `/admin/${collection}`;
  const asked = { ...query({ id: blank() }), required: ['id'] };
  return [
    {
      ...admin,
      method: 'GET',
      path,
      what: words(zh, en),
      query: query({ ...after, ...saved }),
      answers: pages,
      handler: collection === 'mandates' ? adminMandates : adminList(collection),
    },
    {
      ...admin,
      method: 'POST',
      path,
      what: words(`登记${zh}`, `Register: ${en}`),
      body: form,
      answers: answered,
      handler: adminPost(collection),
    },
    {
      ...admin,
      method: 'GET',
      path: `${path}/new`,
      what: words(`登记${zh}的表`, `Form to register: ${en}`),
      query: query(),
      answers: pages,
      handler: adminForm(collection),
    },
    {
      ...admin,
      method: 'GET',
      path: `${path}/change`,
      what: words(`改${zh}的表`, `Form to change: ${en}`),
      query: asked,
      answers: pages,
      handler: adminForm(collection),
    },
  ];
};

const adminRoutes: readonly Route[] = [
  {
    ...admin,
    method: 'GET',
    path: '/admin',
    what: words('管理', 'Administration'),
    query: query(),
    answers: { 303: page },
    handler: () => seeOther('/admin/parties'),
  },
  ...subjectRoutes('parties', '主体', 'parties'),
  ...subjectRoutes('places', '地点', 'places'),
  ...subjectRoutes('mandates', '委托', 'mandates'),
  {
    ...admin,
    method: 'POST',
    path: '/admin/mandates/revoke',
    what: words('撤销委托', 'Revoke a mandate'),
    body: form,
    answers: answered,
    handler: mandateRevoke,
  },
  {
    ...admin,
    method: 'GET',
    path: '/admin/accounts',
    what: words('账号', 'Accounts'),
    query: query(after),
    answers: pages,
    handler: adminAccounts,
  },
  {
    ...admin,
    method: 'POST',
    path: '/admin/accounts',
    what: words('开账号', 'Make an account'),
    body: form,
    answers: { 200: page, 400: page },
    handler: accountPost,
  },
  {
    ...admin,
    method: 'POST',
    path: '/admin/accounts/reset',
    what: words('重设密码', 'Reset a password'),
    body: form,
    answers: pages,
    handler: accountReset,
  },
  {
    ...admin,
    method: 'POST',
    path: '/admin/accounts/disable',
    what: words('停用账号', 'Disable an account'),
    body: form,
    answers: answered,
    handler: accountSwitch(true),
  },
  {
    ...admin,
    method: 'POST',
    path: '/admin/accounts/enable',
    what: words('恢复账号', 'Enable an account'),
    body: form,
    answers: answered,
    handler: accountSwitch(false),
  },
  {
    ...admin,
    method: 'GET',
    path: '/admin/keys',
    what: words('密钥', 'Keys'),
    query: query(after),
    answers: pages,
    handler: adminKeys,
  },
  {
    ...admin,
    method: 'POST',
    path: '/admin/keys',
    what: words('发密钥', 'Make a key'),
    body: form,
    answers: { 200: page, 400: page },
    handler: keyPost,
  },
  {
    ...admin,
    method: 'POST',
    path: '/admin/keys/revoke',
    what: words('撤销密钥', 'Revoke a key'),
    body: form,
    answers: answered,
    handler: keyRevoke,
  },
];

/** The pages of inspectors and of the administration. */
export const deskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/inspect',
    page: true,
    what: words('查批次、产品、主体', 'Find a lot, product or party'),
    who: ['inspector'],
    query: query({ q: blank(300), product: blank(), party: blank() }),
    answers: pages,
    handler: inspectHome,
  },
  {
    method: 'GET',
    path: '/inspect/lot',
    page: true,
    what: words('一个批次的全部记录', 'Everything recorded of a lot'),
    who: ['inspector'],
    query: { ...query({ id: blank() }), required: ['id'] },
    answers: pages,
    handler: inspectLot,
  },
  ...adminRoutes,
];
