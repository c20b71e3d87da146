import { connect } from 'node:net';

/**
 * The program behind GIT_ASKPASS and SSH_ASKPASS: hands the question to the extension and prints the answer.
 * A bundle of its own, since Git starts it as a process.
 */
const { API_SOURCE_CONTROL_ASKPASS_PIPE: pipe, API_SOURCE_CONTROL_ASKPASS_SECRET: secret } = process.env;

if (pipe === undefined || secret === undefined) {
  process.exitCode = 1;
} else {
  const socket = connect(pipe);
  let answer = '';
  socket.setEncoding('utf8');
  socket.on('connect', () => socket.write(`${JSON.stringify({ secret, text: process.argv[2] ?? '' })}\n`));
  socket.on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => (process.exitCode = 1));
  socket.on('end', () => {
    if (answer === '') process.exitCode = 1;
    else process.stdout.write(answer);
  });
}
