// The microphone of a browser as frames of 100 ms at 16 kHz, with its echo cancelled.

/** Why a microphone can't be used, by the name of the browser's error, in words for people. */
export function microphoneProblem({ name } = {}) {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The browser may not use the microphone. Allow it with the symbol beside the address, then try again. You can also take part by typing.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'No microphone was found. Connect one and try again, or take part by typing.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The microphone can’t be used: another program may have it. Close that one and try again, or take part by typing.';
    case 'InsecureContextError':
      return 'Browsers give the microphone only to pages behind https:// (or on this machine). You can take part by typing.';
    default:
      return 'The microphone could not be opened. You can take part by typing.';
  }
}

/**
 * Opens the microphone. `onFrame(samples)` gets Int16Array of 1,600 samples, `onLevel(level)` from 0 to 1, ten times a second each; `onEnded()` is called when the browser
 * takes the microphone away. Rejects with the browser's error, see `microphoneProblem`.
 * @returns {Promise<{deviceId: string, close(): void}>}
 */
export async function openMicrophone(onFrame, onLevel, { deviceId, onEnded } = {}) {
  if (!navigator.mediaDevices?.getUserMedia) throw Object.assign(new Error('no secure context'), { name: 'InsecureContextError' });
  const media = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) },
  });
  const context = new AudioContext({ sampleRate: 16000 });
  const close = () => {
    document.removeEventListener('visibilitychange', wake);
    media.getTracks().forEach((track) => track.stop());
    if (context.state !== 'closed') context.close();
  };
  // A phone that was put away stops the audio of its pages.
  const wake = () => { if (!document.hidden && context.state !== 'running' && context.state !== 'closed') context.resume(); };
  try {
    await context.audioWorklet.addModule(new URL('microphone-worklet.js', import.meta.url));
    const worklet = new AudioWorkletNode(context, 'microphone-frames');
    worklet.port.onmessage = ({ data }) => { onFrame?.(data); onLevel?.(levelOf(data)); };
    context.createMediaStreamSource(media).connect(worklet);
    media.getAudioTracks()[0].addEventListener('ended', () => { close(); onEnded?.(); });
    document.addEventListener('visibilitychange', wake);
    wake();
  } catch (error) {
    close();
    throw error;
  }
  return { deviceId: media.getAudioTracks()[0].getSettings().deviceId, close };
}

/** The microphones there are, once one may be used; before that browsers keep their names secret. */
export async function microphones() {
  const devices = await navigator.mediaDevices?.enumerateDevices?.() ?? [];
  return devices.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId).map(({ deviceId, label }) => ({ deviceId, label }));
}

function levelOf(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(1, Math.sqrt(sum / samples.length) / 6000);
}
