import { type Role, ROLES } from '../../accounts/actor.js';
import type { Person } from '../../accounts/people.queries.js';
import type { LeftBehind } from './departures.service.js';
import { heirChoices } from './heirs.view.js';
import { errorSummary, fieldMaker, type Option } from '../form-field.view.js';
import type { Page, Refused } from '../rendering/page.js';

export interface NamedClient {
  id: string;
  name: string;
}

export interface PersonRow {
  href: string;
  name: string;
  email: string;
  role: string;
  clients: string;
  status: 'active' | 'invited' | 'disabled';
  statusText: string;
  isYou: boolean;
}

export function personRow(page: Page, clients: readonly NamedClient[], person: Person): PersonRow {
  const status = standingOf(person);
  const names = clients.filter(({ id }) => person.clientIds.includes(id)).map(({ name }) => name);
  return {
    href: `/settings/people/${person.id}`,
    name: person.name,
    email: person.email,
    role: page.t(`settings.roles.${person.role}`),
    clients: person.role === 'admin' ? page.t('settings.people.allClients') : names.join(', '),
    status,
    statusText: page.t(`settings.people.status.${status}`),
    isYou: person.id === page.frame.actor?.userId,
  };
}

export function standingOf(person: Person): PersonRow['status'] {
  if (person.disabledAt !== null) return 'disabled';
  return person.hasPassword ? 'active' : 'invited';
}

export function inviteForm(page: Page, clients: readonly NamedClient[], refused: Refused): object {
  const make = fieldMaker(page, 'settings.people.fields', refused);
  const none = { value: '', label: page.t('settings.people.fields.noClient') };
  const fields = {
    name: make('name', { isRequired: true }),
    email: make('email', { type: 'email', isRequired: true }),
    role: make('role', {
      type: 'select',
      isRequired: true,
      hasHint: true,
      options: roleOptions(page, ROLES),
    }),
    clientId: make('clientId', {
      type: 'select',
      hasHint: true,
      options: [none, ...clients.map(({ id, name }) => ({ value: id, label: name }))],
    }),
    locale: make('locale', {
      type: 'select',
      isRequired: true,
      options: page.frame.menu.languages.map(({ value, label }) => ({ value, label })),
    }),
  };
  return { fields, summary: errorSummary(refused, Object.values(fields)) };
}

export function personForm(
  page: Page,
  clients: readonly NamedClient[],
  person: Person,
  refused: Refused,
): object {
  const make = fieldMaker(page, 'settings.people.fields', refused);
  const roles = ROLES.filter((role) => (role === 'client') === (person.role === 'client'));
  return {
    role: make('role', { type: 'select', isRequired: true, options: roleOptions(page, roles) }),
    summary: errorSummary(refused, []),
    clients: clients.map(({ id, name }) => ({ id, name, isChosen: person.clientIds.includes(id) })),
  };
}

/** What the change would leave behind, asked before it is made; null when that is nothing. */
export function leavingView(page: Page, person: Person, { owned, heirs }: LeftBehind, refused: Refused) {
  if (owned.length === 0) return null;
  const lines = owned.map(({ clientName, prospects, open }) =>
    page.t('contacts.leaving.owns', { name: person.name, client: clientName, n: prospects, open }),
  );
  const title = Object.values(refused.errors)[0] ?? refused.problem;
  return { title, lines, ...heirChoices(heirs, refused) };
}

function roleOptions(page: Page, roles: readonly Role[]): Option[] {
  return roles.map((value) => ({ value, label: page.t(`settings.roles.${value}`) }));
}
