import Foundation
public import TocsinConfiguration
public import TocsinModel

/// Reads a met message: `{"h_m":[…],"wind_to_east_ms":[…],"wind_to_north_ms":[…],"temperature_k":[…]}`.
public enum MetMessage {
  public static func read(_ path: String) throws(UnreadableFile) -> Met {
    let bytes = try FileBytes.read(path)
    let met: Met
    do {
      met = try JSONDecoder().decode(Met.self, from: Data(bytes))
    } catch {
      throw UnreadableFile(
        path: path,
        problem: .faults([
          "line 1: is no met message; it needs the lists h_m, wind_to_east_ms and wind_to_north_ms"
        ]))
    }
    guard met.isUsable else {
      throw UnreadableFile(
        path: path,
        problem: .faults([
          "line 1: needs rising h_m and as many winds (below 200 m/s) and temperatures (150 to 350 K)"
        ]))
    }
    return met
  }
}
