#include "tasks/drawing.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/child_process.h"
#include "base/error.h"
#include "base/file.h"
#include "base/installation.h"
#include "base/paths.h"
#include "base/temporary_folder.h"

namespace canvass {
namespace {

std::string firstLines(const std::string& text) {
  constexpr std::size_t enough = 2000;
  return text.substr(0, enough);
}

// The size that the drawing code writes into its <svg> element: width="960".
std::string sizeOf(const std::string& svg, const std::string& side) {
  const std::string before = " " + side + "=\"";
  const std::size_t start = svg.find(before) + before.size();
  return svg.substr(start, svg.find('"', start) - start);
}

std::string pngByChromium(const std::string& svg) {
  const TemporaryFolder folder;
  const auto source = folder / "picture.svg";
  const auto target = folder / "picture.png";
  writeFileAtomically(source, svg);
  std::string reason = "neither is installed";
  for (const char* browser : {"chromium", "chromium-browser", "google-chrome"}) {
    const auto result =
        runChild({browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                  "--force-device-scale-factor=2", "--screenshot=" + target.string(),
                  fmt::format("--window-size={},{}", sizeOf(svg, "width"), sizeOf(svg, "height")),
                  "file://" + source.string()},
                 "");
    if (result && isThere(target)) return readFile(target);
    if (result) reason = fmt::format("{} failed: {}", browser, firstLines(result->errors));
  }
  throw Error("a PNG needs rsvg-convert or Chromium, but " + reason, {},
              "install the package librsvg2-bin, or write an .svg file");
}

std::string drawSvg(const Json& request) {
  const auto program = webFile("pictures.mjs");
  const auto result = runChild({"node", program.string()}, jsonText(request));
  if (!result) {
    throw Error(
        "pictures are drawn by Node.js, which is not installed: there is no program node", {},
        "install Node.js 18 or newer (the package nodejs), or take the figures from --json");
  }
  if (result->exitCode != 0) {
    throw Error("the drawing code failed:\n" + firstLines(result->errors), program.string(),
                "it needs Node.js 18 or newer");
  }
  return result->output;
}

std::string pngOf(const std::string& svg) {
  const auto result = runChild({"rsvg-convert", "--unlimited", "--zoom", "2"}, svg);
  if (!result) return pngByChromium(svg);
  if (result->exitCode != 0) throw Error("rsvg-convert failed: " + firstLines(result->errors));
  return result->output;
}

}  // namespace

std::filesystem::path webFile(const std::string& name) {
  const auto file = installedFile(name, CANVASS_BUILT_WEB_FOLDER);
  if (isThere(file)) return file;
  throw Error("this canvass was built or installed without its drawing code", file.string(),
              "build it on a machine that has npm, with -DCANVASS_WEB=ON");
}

void writePicture(const Json& request, const std::filesystem::path& file) {
  const std::string svg = drawSvg(request);
  writeFileAtomically(file, file.extension() == ".png" ? pngOf(svg) : svg);
}

}  // namespace canvass
