package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** What is done to interfaces of this node, and to what the kernel does with their packets. */
public sealed interface LinkEvent extends Event {

  /**
   * An interface with a virtual MAC was made.
   *
   * @param name the new interface
   * @param base the interface it sits on
   * @param mac its virtual MAC address
   */
  @JsonTypeName("io.keepstream.link.vmac-created.v1")
  record VmacCreated(String name, String base, String mac) implements LinkEvent {
    @Override
    public String subject() {
      return "link/" + name;
    }

    @Override
    public String summary() {
      return "Created VMAC interface %s on %s with %s".formatted(name, base, mac);
    }
  }

  /**
   * An interface with a virtual MAC was removed.
   *
   * @param name the interface
   * @param leftover whether an earlier run had left it
   */
  @JsonTypeName("io.keepstream.link.vmac-removed.v1")
  record VmacRemoved(String name, boolean leftover) implements LinkEvent {
    @Override
    public String subject() {
      return "link/" + name;
    }

    @Override
    public String summary() {
      return "Removed VMAC interface %s%s".formatted(name, leftover ? " of an earlier run" : "");
    }
  }

  /**
   * A setting of the kernel was changed, or restored when it is not needed any more.
   *
   * @param setting its path below {@code /proc/sys}
   * @param from its value before
   * @param to its value now
   */
  @JsonTypeName("io.keepstream.link.setting-changed.v1")
  record SettingChanged(String setting, int from, int to) implements LinkEvent {
    @Override
    public String subject() {
      return "setting/" + setting;
    }

    @Override
    public String summary() {
      return "Set %s from %d to %d".formatted(setting, from, to);
    }
  }

  /**
   * Something about an interface could not be done; what it is for works in part or not at all.
   *
   * @param what the interface, setting or filter table
   */
  @JsonTypeName("io.keepstream.link.failed.v1")
  record Failed(String what, String detail) implements LinkEvent {
    @Override
    public String subject() {
      return "link/" + what;
    }

    @Override
    public String summary() {
      return "%s: %s".formatted(what, detail);
    }
  }
}
