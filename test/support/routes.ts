import { RequestMethod, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ModulesContainer } from '@nestjs/core';
import { ALLOWED, type Allowed } from '../../src/accounts/allow.decorator.js';

export interface Route {
  /** `POST /api/v1/clients/:id/icps`. */
  name: string;
  method: string;
  path: string;
  allowed: Allowed | undefined;
  /** The class a body is read into, if any. */
  body: Type | null;
}

const BODY = 3;

/** Every route a controller registers, read from Nest's own metadata: nothing can be left out by hand. */
export function routesOf(app: NestFastifyApplication): Route[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  const types = new Set(controllers.map(({ metatype }) => metatype as Type));
  return [...types].flatMap(routesIn).sort((one, other) => one.name.localeCompare(other.name));
}

function routesIn(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = Object.getOwnPropertyDescriptor(prototype, name)!.value as object;
    const own = Reflect.getMetadata('path', handler) as string | undefined;
    if (own === undefined || name === 'constructor') return [];
    const method = RequestMethod[Reflect.getMetadata('method', handler) as number]!;
    const allowed = (Reflect.getMetadata(ALLOWED, handler) ?? Reflect.getMetadata(ALLOWED, controller)) as
      Allowed | undefined;
    const bases = [Reflect.getMetadata('path', controller) as string | string[]].flat();
    return bases.map((base) => {
      const path = `/${base}/${own}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
      return { name: `${method} ${path}`, method, path, allowed, body: bodyOf(controller, name) };
    });
  });
}

function bodyOf(controller: Type, name: string): Type | null {
  const args = (Reflect.getMetadata('__routeArguments__', controller, name) ?? {}) as Record<
    string,
    { index: number; data?: unknown }
  >;
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) ??
    []) as Type[];
  const entry = Object.entries(args).find(
    ([key, { data }]) => Number(key.split(':')[0]) === BODY && data === undefined,
  );
  const type = entry && types[entry[1].index];
  return type && (type as unknown) !== Object ? type : null;
}
