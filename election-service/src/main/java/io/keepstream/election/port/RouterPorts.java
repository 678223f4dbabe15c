package io.keepstream.election.port;

/** The world of one virtual router. */
public record RouterPorts(
    AdvertisementChannel adverts,
    AddressTable addresses,
    Announcer announcer,
    Alarm alarm,
    Publishing publishing) {}
