// Package xlsx reads bulk claims from Excel workbooks (.xlsx, .xlsm) and writes workbooks to be filled in. It stands apart from
// package filing, so that a program without workbooks doesn't carry a workbook library.
//
// [Format] is a [filing.Format]: the rows of one sheet become claims one by one. Values come as the workbook holds them, with their
// kind: a date is a date in either date system, a number keeps its digits, a formula gives its last result with a warning, and an
// error value, a merged cell or a formula without a result is a finding.
//
// Reading goes through the parts of the workbook itself and holds one row and the table of shared texts. The row iterator of
// excelize, which writes the workbooks here, gives text without its kind and takes a damaged sheet for a shorter one; a
// claim lost that way would never be missed.
//
// What is hostile is bounded: the parts are read up to a length, a row up to the length that a claim may have, and macros,
// links and everything else in a workbook are never looked at.
package xlsx
