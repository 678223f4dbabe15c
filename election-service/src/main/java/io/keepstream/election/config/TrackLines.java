package io.keepstream.election.config;

import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.refersBackTo;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.vocabulary.Arguments;
import io.keepstream.config.vocabulary.Keyword;
import io.keepstream.config.vocabulary.Param;
import java.util.ArrayList;
import java.util.List;

/** The lines of the {@code track_*} blocks: a name, its weight and direction. */
final class TrackLines {
  private static final Keyword REVERSE =
      word("reverse", ACTS).after("weight").means("Swap the direction of the change");
  private static final Keyword NOREVERSE =
      word("noreverse", ACTS).after("weight").means("Undo a reverse of the tracked object");

  /** Lines of {@code track_interface}; only here a weight is not inherited. */
  static final Arguments INTERFACE = line(interfaceName(), 254, List.of(REVERSE));

  static final Arguments SCRIPT =
      line(refersBackTo("vrrp_script"), 254, List.of(REVERSE, NOREVERSE));
  static final Arguments FILE = line(refersBackTo("track_file"), 254, List.of(REVERSE, NOREVERSE));
  static final Arguments PROCESS =
      line(refersBackTo("vrrp_track_process"), 254, List.of(REVERSE, NOREVERSE));
  static final Arguments BFD = line(refersBackTo("bfd_instance"), 253, List.of(REVERSE, NOREVERSE));

  private TrackLines() {}

  private static Arguments line(Param name, int weight, List<Keyword> directions) {
    List<Keyword> words = new ArrayList<>(directions);
    words.add(
        word("weight", ACTS, integer(-weight, weight))
            .means("Priority change; 0 means fault on failure"));
    return new Arguments.Plain(List.of(name), words);
  }
}
