package io.keepstream.notifier.config;

/** What can be said of an instance or group, in the words of keepalived's FIFO lines. */
public enum NoticeWord {
  MASTER,
  BACKUP,
  FAULT,
  STOP,
  DELETED,
  /** A MASTER heard an advert of lower priority. */
  MASTER_RX_LOWER_PRI,
  /** The priority changed while MASTER. */
  MASTER_PRIORITY,
  /** The priority changed while not MASTER. */
  BACKUP_PRIORITY
}
