/* A mail server that takes everything and keeps nothing, in a process of its own: both sides of the bench talk to it. */
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  maxClients: 1000,
  onAuth: (_auth, _session, done) => done(null, { user: 'carnet' }),
  onData: (stream, _session, done) => {
    stream.resume();
    stream.on('end', () => done(null, '2.0.0 taken'));
  },
});
server.listen(0, '127.0.0.1', () => process.send?.(server.server.address().port));
