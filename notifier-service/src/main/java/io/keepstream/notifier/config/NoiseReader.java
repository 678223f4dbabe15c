package io.keepstream.notifier.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.notifier.noise.NoiseConfig;
import io.keepstream.notifier.noise.NoiseConfig.Damping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code noise_control}; without it, nothing is said of noise. */
final class NoiseReader {
  private static final int SUPPRESS = 3000;
  private static final int REUSE = 750;
  private static final Duration HALF_LIFE = Duration.ofMinutes(1);

  private final List<Diagnostic> diagnostics;

  NoiseReader(List<Diagnostic> diagnostics) {
    this.diagnostics = diagnostics;
  }

  NoiseConfig read(Section root) {
    return root.block("noise_control").map(this::control).orElse(NoiseConfig.NONE);
  }

  private NoiseConfig control(Section block) {
    return new NoiseConfig(
        Optional.of(damping(block)), nanos(block, "remind").orElse(Long.MAX_VALUE));
  }

  private Damping damping(Section block) {
    Damping usual = new Damping(SUPPRESS, REUSE, HALF_LIFE.toNanos());
    long suppress = block.integer("flap_suppress").orElse(SUPPRESS);
    long reuse = block.integer("flap_reuse").orElse(REUSE);
    long halfLifeNanos = nanos(block, "flap_half_life").orElse(HALF_LIFE.toNanos());
    if (reuse < suppress) {
      return new Damping(suppress, reuse, halfLifeNanos);
    }
    Statement line = block.last("flap_reuse").or(() -> block.last("flap_suppress")).orElseThrow();
    diagnostics.add(
        Diagnostic.error(
            line.position(),
            "flap_reuse is %d and has to be less than flap_suppress, which is %d"
                .formatted(reuse, suppress)));
    return usual;
  }

  /** No time at all counts as not given. */
  private static Optional<Long> nanos(Section block, String keyword) {
    return block
        .text(keyword)
        .flatMap(Ages::read)
        .filter(age -> !age.isZero())
        .map(age -> Math.min(age.toSeconds(), Long.MAX_VALUE / 1_000_000_000L) * 1_000_000_000L);
  }
}
