package io.keepstream.notifier.journal;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what has not been asked for or changed for longest. */
public final class Recent<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  /** An empty one with room for {@code most}. */
  public Recent(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
