package io.metasrv.nodes.region;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;

/** What a region service refuses, with the codes that callers decide on (sheet 01 §3.4, §12.1). */
final class RegionErrors {

  private RegionErrors() {}

  static ServiceException notFound(RegionId region) {
    return new ServiceException(
        StatusCode.REGION_NOT_FOUND, "Region not found, region id: " + region);
  }

  static ServiceException notWritable(RegionId region, RegionRole role) {
    return new ServiceException(
        StatusCode.REGION_NOT_READY,
        "Region " + region + " is " + role.jsonName() + " here, expected: Leader");
  }

  static ServiceException invalid(String message) {
    return ServiceException.invalidArguments(message);
  }
}
