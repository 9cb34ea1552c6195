import Foundation
public import TocsinModel

/// The zones that come with Tocsin: the communities around the Gaza Strip up to Ashkelon, and those in it.
public enum StandardZones {
  public static func read() throws(UnreadableZones) -> [Zone] {
    try ZoneFile.read(Bundle.module.bundlePath + "/Defaults/places.tsv").zones
  }
}
