package io.keepstream.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.node.report.NodeReport;
import io.keepstream.node.report.Reports;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void namesAndLabelsAreThoseOfKeepalivedsExporter() throws IOException {
    assertThat(text(Reports.well()))
        .contains(
            "keepalived_up 1.0",
            "keepalived_vrrp_state{iname=\"VI_1\",intf=\"eth0\",ip_address=\"10.0.0.100/24\",vrid=\"51\"}"
                + " 2.0",
            "ip_address=\"10.0.0.101\"",
            "# TYPE keepalived_advertisements_sent_total counter",
            "keepalived_advertisements_sent_total{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\"} 12.0",
            "keepalived_become_master_total{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\"} 0.0",
            "keepalived_script_status{name=\"chk\"} 1.0");
  }

  @Test
  void whatTheExporterDoesNotHaveIsOurs() throws IOException {
    assertThat(text(Reports.well()))
        .contains(
            "keepstream_service_up{service=\"election\"} 1.0",
            "keepstream_vrrp_state_age_seconds{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\"} 12.0",
            "keepstream_vrrp_packets_total{counter=\"checksumErrors\",iname=\"VI_1\"",
            "keepstream_backend_up{real_server=\"[10.0.1.1]:tcp:80\"",
            "keepstream_virtual_server_quorum{virtual_server=\"[10.0.0.100]:tcp:80\"} 1.0",
            "keepstream_sink_queued{sink=\"webhook ops\"} 0.0",
            "keepstream_sink_failures_total{sink=\"webhook ops\"} 0.0",
            "keepstream_sink_dead_letters{sink=\"webhook ops\"} 0.0");
  }

  @Test
  void whoDoesNotAnswerIsDownAndNotWhatItLastWas() throws IOException {
    assertThat(text(Reports.ill()))
        .contains(
            "keepalived_up 0.0",
            "keepstream_service_up{service=\"election\"} 0.0",
            "keepstream_snapshot_age_seconds{service=\"election\"} 7.0",
            "keepstream_sink_healthy{sink=\"webhook ops\"} 0.0",
            "keepstream_sink_oldest_seconds{sink=\"webhook ops\"} 65.0",
            "keepstream_sink_failures_total{sink=\"webhook ops\"} 6.0",
            "keepstream_sink_dead_letters{sink=\"webhook ops\"} 1.0")
        .doesNotContain("keepalived_vrrp_state", "keepstream_vrrp_priority");
  }

  private static String text(NodeReport own) throws IOException {
    Families families = new Families();
    KeepalivedMetrics.add(own, families);
    ServiceMetrics.add(own, families);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(written, families.snapshots());
    return written.toString(StandardCharsets.UTF_8);
  }
}
