import { fieldAll, fieldEarlier, fieldHome, fieldLots } from '../http/field.js';
import { correctForm, correctPost, fieldEntry } from '../http/field-entry.js';
import { activityForm, activityPost } from '../http/field-activity.js';
import { ownForm, ownList, ownPost } from '../http/field-own.js';
import { linkForm, linksList, linksPost } from '../http/field-links.js';
import { incomingList, incomingPost } from '../http/incoming.js';
import { accountForm, passwordPost, signInForm, signInPost, signOutPost } from '../http/signin.js';
import type { Route, Schema } from '../route.js';

const words = (zh: string, en: string) => ({ zh, en });
const page = 'text/html';
const pages = { 200: page } as const;
const text = (maxLength = 400): Schema => ({ type: 'string', maxLength });
const query = (properties: Record<string, Schema> = {}): Schema => ({ type: 'object', properties, additionalProperties: false });
const form = { types: ['application/x-www-form-urlencoded'], schema: { type: 'object' } } as const;
const everyone = ['producer', 'operator', 'laboratory', 'inspector', 'admin'] as const;
const recorders = ['producer', 'operator', 'laboratory'] as const;
const onBehalf = { for: text() };

/** What a party says of itself: a list, a form for a new one, a form to change one. */
const ownRoutes = (collection: 'places' | 'products', zh: string, en: string): Route[] => {
  const path = `/field/${collection}`;
  const common = { page: true, who: recorders } as const;
  return [
    {
      ...common,
      method: 'GET',
      path,
      what: words(zh, en),
      query: query({ ...onBehalf, saved: { enum: ['1'] } }),
      answers: pages,
      handler: ownList(collection),
    },
    {
      ...common,
      method: 'POST',
      path,
      what: words(`登记${zh}`, `State: ${en}`),
      body: form,
      answers: { 303: page, 400: page },
      handler: ownPost(collection),
    },
    {
      ...common,
      method: 'GET',
      path: `${path}/new`,
      what: words(`新的${zh}`, `Form: ${en}`),
      query: query(onBehalf),
      answers: pages,
      handler: ownForm(collection),
    },
    {
      ...common,
      method: 'GET',
      path: `${path}/change`,
      what: words(`改${zh}`, `Change: ${en}`),
      query: { ...query({ ...onBehalf, id: text() }), required: ['id'] },
      answers: pages,
      handler: ownForm(collection),
    },
  ];
};

/** Sign-in and the pages of those who record. */
export const fieldRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/signin',
    page: true,
    what: words('登录页', 'Sign-in form'),
    who: 'anyone',
    query: query({ next: text(2000) }),
    answers: pages,
    handler: signInForm,
  },
  {
    method: 'POST',
    path: '/signin',
    page: true,
    what: words('登录', 'Sign in'),
    who: 'anyone',
    body: { ...form, limit: 8192 },
    answers: { 303: page, 401: page },
    handler: signInPost,
  },
  {
    method: 'POST',
    path: '/signout',
    page: true,
    what: words('退出', 'Sign out'),
    who: 'anyone',
    body: { ...form, limit: 8192 },
    answers: { 303: page },
    handler: signOutPost,
  },
  {
    method: 'GET',
    path: '/account',
    page: true,
    what: words('自己的账号', 'One’s own account'),
    who: everyone,
    query: query({ done: { enum: ['1'] } }),
    answers: pages,
    handler: accountForm,
  },
  {
    method: 'POST',
    path: '/account/password',
    page: true,
    what: words('换密码', 'Change the password'),
    who: everyone,
    body: { ...form, limit: 8192 },
    answers: { 303: page, 400: page },
    handler: passwordPost,
  },

  {
    method: 'GET',
    path: '/field',
    page: true,
    what: words('田间记录', 'Journal'),
    who: recorders,
    query: query({ ...onBehalf, saved: text(15), again: { enum: ['1'] }, held: { enum: ['1'] } }),
    answers: pages,
    handler: fieldHome,
  },
  {
    method: 'GET',
    path: '/field/all',
    page: true,
    what: words('能记的都在这里', 'Every activity'),
    who: recorders,
    query: query(onBehalf),
    answers: pages,
    handler: fieldAll,
  },
  {
    method: 'GET',
    path: '/field/earlier',
    page: true,
    what: words('更早的记录', 'Earlier entries'),
    who: recorders,
    query: query({ ...onBehalf, before: text(40) }),
    answers: pages,
    handler: fieldEarlier,
  },
  ...ownRoutes('places', '地块和场所', 'plots and places'),
  ...ownRoutes('products', '产品', 'products'),
  {
    method: 'GET',
    path: '/field/links',
    page: true,
    what: words('登记的链接', 'Registered links'),
    who: recorders,
    query: query({ ...onBehalf, saved: { enum: ['added', 'withdrawn'] } }),
    answers: pages,
    handler: linksList,
  },
  {
    method: 'POST',
    path: '/field/links',
    page: true,
    what: words('登记或撤下链接', 'Register or withdraw a link'),
    who: recorders,
    body: form,
    answers: { 303: page, 400: page },
    handler: linksPost,
  },
  {
    method: 'GET',
    path: '/field/links/new',
    page: true,
    what: words('登记链接的表', 'Form of a link'),
    who: recorders,
    query: query({ ...onBehalf, anchor: text() }),
    answers: pages,
    handler: linkForm,
  },
  {
    method: 'GET',
    path: '/field/lots',
    page: true,
    what: words('手上的批次', 'Lots on hand'),
    who: recorders,
    query: query(onBehalf),
    answers: pages,
    handler: fieldLots,
  },
  {
    method: 'GET',
    path: '/field/entry/:seq',
    page: true,
    what: words('一笔记录', 'One entry'),
    who: recorders,
    query: query({ ...onBehalf, done: { enum: ['takenBack', 'replaced'] }, held: { enum: ['1'] } }),
    answers: pages,
    handler: fieldEntry,
  },
  {
    method: 'GET',
    path: '/field/entry/:seq/correct',
    page: true,
    what: words('写错了', 'What is wrong with an entry'),
    who: recorders,
    query: query(onBehalf),
    answers: { 200: page, 303: page },
    handler: correctForm,
  },
  {
    method: 'POST',
    path: '/field/entry/:seq/correct',
    page: true,
    what: words('作废一笔记录', 'Take an entry back'),
    who: recorders,
    body: { ...form, limit: 8192 },
    answers: { 303: page, 400: page },
    handler: correctPost,
  },
  {
    method: 'GET',
    path: '/incoming',
    page: true,
    what: words('等着收的货', 'Deliveries to receive'),
    who: recorders,
    query: query({ ...onBehalf, received: text(), already: text() }),
    answers: pages,
    handler: incomingList,
  },
  {
    method: 'POST',
    path: '/incoming',
    page: true,
    what: words('收下', 'Receive a delivery'),
    who: recorders,
    body: { ...form, limit: 8192 },
    answers: { 303: page, 400: page, 409: page },
    handler: incomingPost,
  },
  {
    method: 'GET',
    path: '/field/:activity',
    page: true,
    what: words('记一笔的表', 'Form of an activity'),
    who: recorders,
    query: query({ ...onBehalf, lot: text(), corrects: text(15) }),
    answers: pages,
    handler: activityForm,
  },
  {
    method: 'POST',
    path: '/field/:activity',
    page: true,
    what: words('存这一笔', 'Save an entry'),
    who: recorders,
    body: form,
    answers: { 303: page, 200: page, 400: page, 409: page },
    handler: activityPost,
  },
];
