/** One short tick, made on the device: a sound file would be missing when the network is. */
export function makeTick(open: () => AudioContext): () => void {
  let audio: AudioContext | null = null;
  return () => {
    try {
      audio ??= open();
      const start = audio.currentTime;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = TICK_HZ;
      volume.gain.setValueAtTime(VOLUME, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + TICK_S);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + TICK_S);
    } catch {
      // A device without sound is silent, and nothing else is wrong with it.
    }
  };
}

/** Calls `tapped` for every press of a control that got through the guard against double taps. */
export function listenForPresses(target: Window, tapped: () => void): void {
  target.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('button') !== null) tapped();
  });
}

const TICK_HZ = 1_400;
const TICK_S = 0.03;
const VOLUME = 0.08;
