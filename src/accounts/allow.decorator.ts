import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor, Role } from './actor.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; absent on public routes when nobody is signed in. */
    actor?: Actor;
  }
}

export const ALLOWED = 'carnet:allowed';
export type Allowed = readonly Role[] | 'public';

/** The roles that may call this route. A route without it answers nobody. */
export const Allow = (...roles: Role[]): MethodDecorator & ClassDecorator => SetMetadata(ALLOWED, roles);

/** Everyone of the agency. */
export const AllowAgency = (): MethodDecorator & ClassDecorator => Allow('admin', 'manager', 'sdr');

/** Everyone signed in. */
export const AllowAll = (): MethodDecorator & ClassDecorator => Allow('admin', 'manager', 'sdr', 'client');

/** Open to the world. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ALLOWED, 'public');

/** The actor of this request, as an argument of a handler. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor | undefined => {
    return context.switchToHttp().getRequest<FastifyRequest>().actor;
  },
);
