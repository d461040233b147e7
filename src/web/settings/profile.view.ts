import { errorSummary, fieldMaker } from '../form-field.view.js';
import type { Page, PageModel, Refused } from '../rendering/page.js';
import { settingsFrame } from './settings-frame.view.js';

export function profileView(page: Page, email: string, refused: Refused): PageModel {
  const frame = settingsFrame(page, 'profile');
  const make = fieldMaker(page, 'settings.profile.fields', refused);
  const secret = (name: string, hasHint = false): object => ({
    ...make(name, { isRequired: true, hasHint }),
    type: 'password',
  });
  const name = make('name', { isRequired: true });
  const named = [name, make('current'), make('password')];
  return {
    title: frame.heading,
    frame,
    email,
    role: page.t(`settings.roles.${page.frame.actor!.role}`),
    name,
    current: secret('current'),
    password: secret('password', true),
    summary: errorSummary(refused, named),
  };
}
