package dev.verbatim.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworksTest {
    @Test
    void allAddressesOfOneIpv6NetworkAreOne() {
        assertThat(Networks.of("2001:db8:0:1::1")).isEqualTo(Networks.of("2001:db8:0:1:ffff:2:3:4"));
        assertThat(Networks.of("2001:db8:0:1::1")).isNotEqualTo(Networks.of("2001:db8:0:2::1"));
        assertThat(Networks.of("fe80::1%eth0")).isEqualTo(Networks.of("fe80:0:0:0::2"));
    }

    @Test
    void anIpv4AddressIsItsOwn() {
        assertThat(Networks.of("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(Networks.of("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(Networks.of("nothing:like:it")).isEqualTo("nothing:like:it");
    }
}
