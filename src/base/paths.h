#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace canvass {

// What stands at a path, through links. Where the system does not tell - links in a circle, a name
// that is too long, a folder that may not be searched - each function throws Error naming the path;
// where nothing stands there, it does not.
bool isThere(const std::filesystem::path& path);
bool isRegularFile(const std::filesystem::path& path);
bool isFolder(const std::filesystem::path& path);
// A pipe, a terminal or another device that takes and gives bytes one after another.
bool isStream(const std::filesystem::path& path);

// In bytes. Throws Error naming the file if there is none.
std::uintmax_t fileSize(const std::filesystem::path& file);

// When the file was last written, in the system's ticks. Throws Error naming the file if there is
// none.
std::int64_t timeOfWriting(const std::filesystem::path& file);

// What is in the folder, in the order of names. Throws Error naming the folder if it is none.
std::vector<std::filesystem::path> listFolder(const std::filesystem::path& folder);

// Makes the folder and those that it is in; one that is there already is kept.
void makeFolders(const std::filesystem::path& folder);

// Removes the file, or the folder with all that is in it; nothing needs to be there.
void removeWhole(const std::filesystem::path& path);

// Where a file that is written to `path` comes to lie: the end of a chain of links, whether or not
// something is there already, or else the path itself.
std::filesystem::path linkedPlace(const std::filesystem::path& path);

// How a file is named from a folder, as a program that stands in it would: "../a/b"; the path as it is
// where the system does not tell where the folder lies.
std::filesystem::path seenFrom(const std::filesystem::path& folder,
                               const std::filesystem::path& path);

// The program that is running.
std::filesystem::path runningProgram();

}  // namespace canvass
