import { startPlayback } from "./playback.js";
import { askSource } from "./playlist.js";

/** Pauses between two looks at a stream that is not there: quick at first, then gentle with the origin. */
const FIRST_PAUSE_MS = 2_000;
const PAUSE_GROWTH = 1.15;
const LONGEST_PAUSE_MS = 8_000;

/** How often a running playback is looked at. */
const TICK_MS = 500;

/** A live playlist that stands still this many target durations (and one reload) waits for its broadcaster. */
const STILL_TARGET_DURATIONS = 1.5;
const RELOAD_MS = 1_000;

/** After the end was announced, a picture that does not move this long has been played to its end. */
const PLAYED_OUT_MS = 3_000;

/** Playback without a failure for this long forgives the failures before. */
const FORGIVEN_AFTER_MS = 20_000;

/**
 * The life of the page: look until there is something to play, play it, and look again when it is over.
 *
 *     look --playable--> play --end announced and played out--> ended, look
 *      ^                   |
 *      +---- next source --+ a source fails
 */
export class Preview {
  #view;
  #sources;
  #current = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #timer = 0;
  #looking = false;
  #failures = 0;
  #playback = null;

  /**
   * @param {View} view
   * @param {string[]} sources addresses of multivariant playlists, the preferred one first
   */
  constructor(view, sources) {
    this.#view = view;
    this.#sources = sources;
    const video = view.video;
    video.addEventListener("playing", () => this.#tick());
    video.addEventListener("pause", () => this.#tick());
    video.addEventListener("ended", () => this.#playedOut());
    setInterval(() => this.#tick(), TICK_MS);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.#timer !== 0) {
        this.look();
      }
    });
  }

  /** Asks the sources in turn until one answers, and acts on its answer. */
  async look() {
    if (this.#looking || this.#playback !== null) {
      return;
    }
    this.#looking = true;
    clearTimeout(this.#timer);
    this.#timer = 0;
    const answer = await this.#askInTurn();
    this.#looking = false;
    switch (answer) {
      case "playable":
        this.#play();
        break;
      case "unknown":
        this.#say("unknown");
        break;
      default:
        this.#say(answer);
        this.#lookLater();
    }
  }

  async #askInTurn() {
    for (let asked = 0; asked < this.#sources.length; asked += 1) {
      const answer = await askSource(this.#sources[this.#current]);
      if (answer !== "unreachable") {
        return answer;
      }
      this.#current = (this.#current + 1) % this.#sources.length;
      if (asked + 1 < this.#sources.length) {
        this.#say("retrying");
      }
    }
    return "unreachable";
  }

  #lookLater() {
    const jitter = 0.85 + 0.3 * Math.random();
    this.#timer = setTimeout(() => this.look(), this.#pauseMs * jitter);
    this.#pauseMs = Math.min(this.#pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS);
  }

  #play() {
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#say("starting");
    const now = performance.now();
    const playback = { playlist: null, edgeSince: now, time: 0, timeSince: now, begun: now, started: false };
    this.#playback = playback;
    playback.engine = startPlayback(this.#view.video, this.#sources[this.#current], {
      playlist: (playlist) => this.#onPlaylist(playback, playlist),
      failed: (reason) => this.#onFailed(playback, reason),
    });
    this.#view.play();
  }

  #onPlaylist(playback, playlist) {
    if (playlist.edge !== playback.playlist?.edge) {
      playback.edgeSince = performance.now();
    }
    playback.playlist = playlist;
    this.#tick();
  }

  #onFailed(playback, reason) {
    if (this.#playback !== playback) {
      return;
    }
    this.#stop();
    if (reason === "format") {
      this.#say("unsupported");
      return;
    }
    this.#failures += 1;
    this.#current = (this.#current + 1) % this.#sources.length;
    if (this.#failures <= this.#sources.length) {
      this.#say("retrying");
      this.look();
    } else {
      this.#say("unreachable");
      this.#lookLater();
    }
  }

  #playedOut() {
    if (this.#playback === null) {
      return;
    }
    this.#stop();
    this.#say("ended");
    this.#current = 0;
    this.look();
  }

  #stop() {
    this.#playback.engine.close();
    this.#playback = null;
    this.#view.hideButtons();
  }

  /** Shows a state that has no picture. */
  #say(state) {
    this.#view.show(state, /* picture= */ false);
  }

  /** Tells from the playlist and the picture which state the playback is in. */
  #tick() {
    const playback = this.#playback;
    if (playback === null || playback.playlist === null) {
      return;
    }
    this.#view.latency(playback.engine.latencySeconds);
    const video = this.#view.video;
    const now = performance.now();
    if (video.currentTime !== playback.time) {
      playback.started ||= !video.paused && video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
      playback.time = video.currentTime;
      playback.timeSince = now;
    }
    const { ended, targetDurationMs } = playback.playlist;
    if (ended && !video.paused && now - playback.timeSince > PLAYED_OUT_MS) {
      this.#playedOut();
      return;
    }
    if (playback.started && now - playback.begun > FORGIVEN_AFTER_MS) {
      this.#failures = 0;
    }
    const still = !ended && now - playback.edgeSince > STILL_TARGET_DURATIONS * targetDurationMs + RELOAD_MS;
    if (still) {
      this.#view.show("reconnecting", playback.started);
    } else if (playback.started) {
      this.#view.show(video.paused && !video.ended ? "paused" : "live", /* picture= */ true);
    }
  }
}
