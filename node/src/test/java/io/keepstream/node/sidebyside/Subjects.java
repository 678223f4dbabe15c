package io.keepstream.node.sidebyside;

import io.keepstream.lab.LabHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server of each kind that both programs can check. */
final class Subjects {
  private static final String BODY = "all is well\n";

  /** MD5 of it. */
  private static final String DIGEST = "2670f929ce8c93af815ba0ae8fd591ff";

  private static final int MOST = 16;
  private static final byte DNS_ANSWER = (byte) 0x80;
  private static final byte DNS_SERVFAIL = 2;

  private final LabHost host;
  private final SSLContext tls;
  private final List<Subject> all = new ArrayList<>();

  private Subjects(LabHost host, SSLContext tls) {
    this.host = host;
    this.tls = tls;
  }

  /** All of them; the first has the first address. They go with the lab. */
  static List<Subject> on(LabHost host, SSLContext tls) {
    host.sysctl("net.ipv4.ping_group_range=0 2147483647", "net.ipv4.icmp_ratelimit=0");
    for (int place = 0; place < MOST; place++) {
      host.ip("addr add " + Side.address(place) + "/32 dev lo");
    }
    Subjects subjects = new Subjects(host, tls);
    subjects.connected();
    subjects.spoken();
    subjects.asked();
    subjects.local();
    subjects.all.forEach(host.lab()::own);
    return List.copyOf(subjects.all);
  }

  private String address() {
    return Side.address(all.size());
  }

  private void connected() {
    String address = address();
    Listening listening = new Listening(host, address);
    listening.change(null);
    all.add(new SwitchedSubject("TCP_CHECK", "", EnumSet.of(Fault.REFUSE), listening::change));
    all.add(
        new SwitchedSubject(
            "PING_CHECK", "", EnumSet.of(Fault.REFUSE), reachable(host, address())));
  }

  private void spoken() {
    String url = "url {\n path /\n digest " + DIGEST + "\n }";
    all.add(new StreamSubject(host, address(), "HTTP_GET", url, Subjects::page));
    all.add(new StreamSubject(host, address(), "SSL_GET", url, this::securePage));
    all.add(new StreamSubject(host, address(), "SMTP_CHECK", "", Subjects::mail));
  }

  private void asked() {
    all.add(
        new DatagramSubject(
            DatagramSubject.socket(host, address()),
            "DNS_CHECK",
            "type A\n name www.example.com",
            question -> changed(question, 2, DNS_ANSWER),
            question -> changed(changed(question, 2, DNS_ANSWER), 3, DNS_SERVFAIL)));
    all.add(
        new DatagramSubject(
            DatagramSubject.socket(host, address()),
            "UDP_CHECK",
            "payload 01020304\n require_reply 01xx03",
            sent -> sent,
            sent -> changed(sent, 2, (byte) 0x44)));
  }

  private void local() {
    Path broken = host.lab().directory().resolve(host.name() + ".broken");
    String script =
        "sh -c 'test ! -e %s || { sleep $(cat %s); exit 1; }'".formatted(broken, broken);
    all.add(
        new SwitchedSubject(
            "MISC_CHECK",
            "misc_path \"%s\"\n misc_timeout 1".formatted(script),
            EnumSet.of(Fault.WRONG, Fault.SILENT),
            fault -> write(broken, fault == null ? null : fault == Fault.WRONG ? "0" : "60")));
    Path tracked = host.lab().directory().resolve(host.name() + ".tracked");
    Consumer<Fault> weigh = fault -> write(tracked, fault == null ? "0\n" : "1\n");
    weigh.accept(null);
    all.add(
        new SwitchedSubject(
            "FILE_CHECK", "track_file F\n weight 0", EnumSet.of(Fault.WRONG), weigh));
  }

  /** The file of FILE_CHECK. */
  static Path tracked(LabHost host) {
    return host.lab().directory().resolve(host.name() + ".tracked");
  }

  private static void page(Socket connection, boolean right) throws IOException {
    BufferedReader in = reader(connection);
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {}
    String body = right ? BODY : "something is wrong\n";
    write(
        connection,
        "HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body));
  }

  private void securePage(Socket connection, boolean right) throws IOException {
    try (SSLSocket secure =
        (SSLSocket) tls.getSocketFactory().createSocket(connection, null, true)) {
      page(secure, right);
    }
  }

  private static void mail(Socket connection, boolean right) throws IOException {
    write(connection, right ? "220 here\r\n" : "554 not today\r\n");
    BufferedReader in = reader(connection);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      write(connection, line.startsWith("QUIT") ? "221 bye\r\n" : "250 well\r\n");
    }
  }

  private static BufferedReader reader(Socket connection) throws IOException {
    return new BufferedReader(
        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] changed(byte[] message, int place, byte bits) {
    byte[] changed = message.clone();
    changed[place] |= bits;
    return changed;
  }

  private static Consumer<Fault> reachable(LabHost host, String address) {
    return fault -> host.ip("addr " + (fault == null ? "add " : "del ") + address + "/32 dev lo");
  }

  /** Writes a file as a whole, or removes it with null. */
  private static void write(Path file, String text) {
    try {
      if (text == null) {
        Files.deleteIfExists(file);
      } else {
        Files.writeString(file, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A socket that listens or not; connections that nobody accepts are connections all the same. */
  private static final class Listening {
    private final LabHost host;
    private final String address;
    private ServerSocket socket;

    Listening(LabHost host, String address) {
      this.host = host;
      this.address = address;
    }

    void change(Fault fault) {
      try {
        if (fault == null) {
          socket =
              host.inside(() -> new ServerSocket(Side.PORT, 1024, InetAddress.ofLiteral(address)));
          host.lab().own(socket);
        } else {
          socket.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
