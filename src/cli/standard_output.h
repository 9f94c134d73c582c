#pragma once

#include <string>

namespace canvass {

// Takes the places of standard streams that are closed, so that no file which is opened later gets
// the number of one and then what is printed.
void keepStandardStreams();

// True if what is printed goes to this file, too, by its name, "-" or another path. Where that is a
// terminal or nowhere, nothing is mixed up.
bool isStandardOutput(const std::string& file);

// The exit code of a program that would end with `exitCode`: 1, with a message on standard error,
// if what was printed could not be written. A reader that stops early, such as head, is no failure:
// the system ends the program.
int finishStandardOutput(int exitCode);

}  // namespace canvass
