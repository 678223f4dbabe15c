package io.keepstream.node.run;

import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Vocabulary;
import io.keepstream.election.config.ElectionWords;
import io.keepstream.health.config.HealthWords;
import io.keepstream.lvs.config.LvsWords;
import io.keepstream.node.http.HttpWords;
import io.keepstream.notifier.config.NotifierWords;
import io.keepstream.runtime.config.GlobalWords;
import java.util.List;
import java.util.stream.Stream;

/** The words of all services together. */
public final class Words {
  private static final Vocabulary ALL =
      Vocabulary.of(
          Stream.<List<Block>>of(
                  GlobalWords.blocks(),
                  ElectionWords.blocks(),
                  HealthWords.blocks(),
                  LvsWords.blocks(),
                  NotifierWords.blocks(),
                  HttpWords.blocks())
              .flatMap(List::stream)
              .toList());

  private Words() {}

  /** The vocabulary of a whole configuration. */
  public static Vocabulary all() {
    return ALL;
  }
}
