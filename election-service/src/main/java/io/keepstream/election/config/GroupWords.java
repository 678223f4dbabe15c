package io.keepstream.election.config;

import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.many;
import static io.keepstream.config.vocabulary.Params.refersTo;
import static io.keepstream.config.vocabulary.Params.seconds;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.vocabulary.Block;
import java.util.List;

/** The words of the groups of instances and interfaces. */
final class GroupWords {
  private static final Block SYNC_GROUP =
      block(
          "vrrp_sync_group",
          word("group", ACTS)
              .lines(many(refersTo("vrrp_instance")))
              .required()
              .means("Members of the group, resolved after the whole file is read"),
          word("track_interface", ACTS)
              .lines(TrackLines.INTERFACE)
              .means("Interfaces tracked on behalf of all members"),
          word("track_script", ACTS)
              .lines(TrackLines.SCRIPT)
              .means("Scripts tracked on behalf of all members"),
          word("track_file", ACTS)
              .lines(TrackLines.FILE)
              .means("Files tracked on behalf of all members"),
          word("track_process", ACTS)
              .lines(TrackLines.PROCESS)
              .means("Processes tracked on behalf of all members"),
          word("track_bfd", ACTS)
              .lines(TrackLines.BFD)
              .means("BFD sessions tracked on behalf of all members"),
          word("global_tracking", ACTS)
              .deprecated("sync_group_tracking_weight")
              .means("The same under its former name"),
          word("sync_group_tracking_weight", ACTS)
              .means("Keep non-zero tracking weights for members of this group"));
  private static final Block TRACK_GROUP =
      block(
          "track_group",
          word("group", ACTS)
              .lines(many(refersTo("vrrp_instance")))
              .required()
              .means("Members of the track group"));
  private static final Block GARP_GROUP =
      block(
          "garp_group",
          word("garp_interval", ACTS, seconds("0", "4294.967295"))
              .means("Gap between gratuitous ARPs"),
          word("gna_interval", ACTS, seconds("0", "4294.967295"))
              .means("Gap between unsolicited NAs"),
          word("interface", ACTS, interfaceName()).means("Interface the gaps apply to"),
          word("interfaces", ACTS)
              .lines(many(interfaceName()))
              .means("Interfaces that share one pacing queue"));

  private GroupWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(SYNC_GROUP, TRACK_GROUP, GARP_GROUP);
  }
}
