import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The JSON API described by itself at `/api/docs` (and `/api/docs-json`); written when first asked for. */
export function describeApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => apiDocument(app), { customSiteTitle: 'Carnet API' });
}

function apiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Carnet')
    .setDescription(
      'The acts of the pages as JSON. Money in integer cents, instants ISO 8601 UTC, counts that are exact decimals as strings. ' +
        'Errors: {error, message, fields?}. Lists: {items, nextCursor} with limit (200 at most) and cursor. Idempotency-Key is honoured on POST.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const calls = Object.entries(document.paths).filter(([path]) => path.startsWith('/api/'));
  return { ...document, paths: Object.fromEntries(calls) };
}
