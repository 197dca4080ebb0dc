/*
s:0 trl:10.9500 lr:0.000600 norm:2.50
s:1 trl:10.4500 lr:0.000600 norm:2.50
s:1 tel:10.5000
*/
#include <stdio.h>
int main(void) { printf("s:%d trl:%.4f\n", 0, 10.95); return 0; }
