import cookies from '@fastify/cookie';
import compress from '@fastify/compress';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import assets from '@fastify/static';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { maxHeaderSize } from 'node:http';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type FastifyBaseLogger, LogController } from 'fastify';
import type { Logger } from 'pino';
import qs from 'qs';
import { Idempotency } from './accounts/idempotency.service.js';
import { OpenRequests } from './accounts/open-requests.service.js';
import { describeApi } from './api-docs.js';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import { Metrics } from './metrics.js';
import { loggerFor, NestLog, plainLoggerFor } from './log.js';
import { secureAnswers } from './security-headers.js';
import { TooMany } from './shared/errors.js';
import { ASSETS_FOLDER, assetAddress, STYLESHEET } from './web/rendering/assets.js';
import { PageAdapter } from './web/rendering/page-adapter.js';

/** Largest JSON body or form; files stream past it. */
const BODY_LIMIT = 2 * 1024 * 1024;
/** Largest file brought in (formats.md: 200,000 rows). */
const FILE_LIMIT = 100 * 1024 * 1024;

/** The whole application, ready to listen; `config.port` and `host` are the caller's to use. */
export async function createServer(config: Config): Promise<NestFastifyApplication> {
  const logger = loggerFor(config.logLevel);
  const adapter = new PageAdapter({
    loggerInstance: logger,
    // A logger of its own for each request would only add the id to lines; the one line that matters has it.
    childLoggerFactory: (parent: FastifyBaseLogger) => parent,
    // Requests are logged by `logAnswers`, which knows what not to write down.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    // Behind a proxy, a try at the door counts for the visitor's address, not for the proxy's.
    trustProxy: trustedProxies(config),
    // What names nothing is for its route to say, in its own words: Node takes no address longer than this.
    routerOptions: { maxParamLength: maxHeaderSize },
    rewriteUrl: ({ url = '/' }) => legible(url),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), adapter, {
    logger: new NestLog(logger),
    bodyParser: false,
  });
  // JSON is read by Fastify's own parser, up to its `bodyLimit`: Nest's would be made anew for every body.
  app.useBodyParser(
    'application/x-www-form-urlencoded',
    { bodyLimit: BODY_LIMIT },
    (_request, body, done) => {
      done(null, qs.parse(body.toString('utf8'), { depth: 6, arrayLimit: 500, parameterLimit: 5000 }));
    },
  );
  // Whatever a cookie holds: the words of a flash name people.
  await app.register(cookies, { parseOptions: { secure: config.isSecure } });
  secureAnswers(app.getHttpAdapter().getInstance(), config);
  app.get(Idempotency).keepAnswers(app.getHttpAdapter().getInstance());
  await app.register(compress, { threshold: 2048, encodings: ['gzip', 'deflate'] });
  await app.register(multipart, {
    limits: { fileSize: FILE_LIMIT, files: 1, fields: 50, fieldSize: 200_000 },
  });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, context) => new TooMany(Math.ceil(context.ttl / 1000)),
  });
  await serveAssets(app);
  describeApi(app);
  logAnswers(app, plainLoggerFor(config.logLevel));
  app.get(OpenRequests).watch(app.getHttpAdapter().getInstance());
  app.get(Metrics).watch(app.getHttpAdapter().getInstance());
  app.enableShutdownHooks();
  return app;
}

/** A path cut in the middle of an encoded sign names nothing either: its signs are taken as they stand. */
function legible(url: string): string {
  if (!url.includes('%')) return url;
  const [path = '', ...rest] = url.split('?');
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return [path.replaceAll('%', '%25'), ...rest].join('?');
  }
}

/** Fastify takes a bare number for nobody: hops are counted here, the nearest being 0. */
function trustedProxies({ trustedProxies }: Config) {
  if (typeof trustedProxies === 'number')
    return (_address: string, hop: number): boolean => hop < trustedProxies;
  return trustedProxies === false ? false : [...trustedProxies];
}

/** Files under an address with their version in it are kept for ever; without it they are asked for again. */
async function serveAssets(app: NestFastifyApplication): Promise<void> {
  const forEver = 'public, max-age=31536000, immutable';
  const htmx = dirname(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'));
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get(assetAddress('css/app.css'), (_request, reply) =>
    reply.header('cache-control', forEver).type('text/css; charset=utf-8').send(STYLESHEET),
  );
  const kept = { maxAge: 31_536_000_000, immutable: true };
  await app.register(assets, {
    root: htmx,
    prefix: assetAddress('vendor/'),
    allowedPath: (path) => path === '/htmx.min.js',
    ...kept,
  });
  await app.register(assets, {
    root: ASSETS_FOLDER,
    prefix: assetAddress(''),
    decorateReply: false,
    ...kept,
  });
  await app.register(assets, {
    root: ASSETS_FOLDER,
    prefix: '/assets/',
    decorateReply: false,
    maxAge: 60_000,
  });
}

/** One line an answer: the route's pattern and the person's id, never an address, a name or a query. */
function logAnswers(app: NestFastifyApplication, logger: Logger): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onResponse', (request, reply, done) => {
    done();
    const route = request.routeOptions.url ?? 'unknown';
    if (route.startsWith('/assets') || route === '/healthz' || route === '/readyz') return;
    const fields = {
      reqId: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      user: request.actor?.userId,
    };
    logger.info(fields, 'answered');
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    // NUL is no character of any address of ours, and PostgreSQL takes it in no text.
    if (request.url.includes('%00'))
      reply.status(400).send({ error: 'bad_request', message: 'The address holds a NUL character.' });
    else done();
  });
}
