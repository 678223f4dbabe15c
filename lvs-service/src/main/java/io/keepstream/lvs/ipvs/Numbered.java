package io.keepstream.lvs.ipvs;

import java.util.Arrays;
import java.util.Optional;

/** Something the kernel has a number for. */
public interface Numbered {
  /** The kernel's number. */
  int number();

  /** The one of {@code all} that has {@code number}. */
  static <T extends Numbered> Optional<T> of(T[] all, long number) {
    return Arrays.stream(all).filter(each -> each.number() == number).findFirst();
  }
}
