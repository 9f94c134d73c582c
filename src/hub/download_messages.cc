#include "hub/download_messages.h"

#include <nlohmann/json.hpp>

#include "base/json.h"

namespace canvass {
namespace {

constexpr const char* downloadLineName = "what canvass-download says";

Json toJson(const DownloadProgress& progress) {
  return {
      {"progress", {{"file", progress.file}, {"done", progress.done}, {"total", progress.total}}}};
}
Json toJson(const DownloadNote& note) { return {{"note", note.text}}; }
Json toJson(const DownloadDone& done) { return {{"path", done.path}}; }
Json toJson(const DownloadFault& error) {
  return {{"error", {{"fault", error.fault}, {"where", error.where}, {"remedy", error.remedy}}}};
}

std::string text(const Json& object, const char* key) {
  return requireKey<std::string>(object, key, downloadLineName);
}

std::uint64_t bytes(const Json& object, const char* key) {
  return static_cast<std::uint64_t>(requireKey<std::int64_t>(object, key, downloadLineName));
}

}  // namespace

std::string downloadLine(const DownloadMessage& message) {
  const Json json = std::visit([](const auto& one) { return toJson(one); }, message);
  // A system's or server's message may be in any encoding.
  return jsonText(json) + "\n";
}

DownloadMessage parseDownloadLine(const std::string& line) {
  const Json json = parseJson(line, downloadLineName);
  if (json.contains("progress")) {
    const Json& progress = json["progress"];
    return DownloadProgress{text(progress, "file"), bytes(progress, "done"),
                            bytes(progress, "total")};
  }
  if (json.contains("error")) {
    const Json& error = json["error"];
    return DownloadFault{text(error, "fault"), text(error, "where"), text(error, "remedy")};
  }
  if (json.contains("note")) return DownloadNote{text(json, "note")};
  return DownloadDone{text(json, "path")};
}

}  // namespace canvass
