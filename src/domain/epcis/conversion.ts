/**
 * What units of UN/ECE Recommendation 20 are in the SI unit of their dimension: `value × factor + offset`. Definitions that are exact
 * (inch, pound, standard atmosphere ...) stand here as they are defined, not as the Recommendation rounds them. A line is a dimension;
 * units of different lines are never compared, even where their factors could be (a torque is no energy, %RH no share of mass).
 */
const lines = `
KEL=1 CEL=1+273.15 FAH=5/9+459.67*5/9 A48=5/9
KGM=1 GRM=1e-3 MGM=1e-6 MC=1e-9 CGM=1e-5 DG=1e-4 DJ=1e-2 HGM=0.1 TNE=1e3 2U=1e3 DTN=100 KTN=1e6 LBR=0.45359237 ONZ=0.028349523125 APZ=0.0311034768 STI=6.35029318 CWI=50.80234544 CWA=45.359237 STN=907.18474 LTN=1016.0469088
MTR=1 A11=1e-10 C45=1e-9 4H=1e-6 MMT=1e-3 CMT=1e-2 DMT=0.1 A45=10 HMT=100 KMT=1e3 INH=0.0254 FOT=0.3048 YRD=0.9144 AK=1.8288 SMI=1609.344 NMI=1852
SEC=1 C47=1e-9 B98=1e-6 C26=1e-3 B52=1e3 MIN=60 HUR=3600 DAY=86400 WEE=604800
PAL=1 B96=1e-6 74=1e-3 H75=10 A97=100 KPA=1e3 MPA=1e6 A89=1e9 BAR=1e5 MBR=100 C55=1 C56=1e6 ATM=101325 PS=6894.757293168361 E42=98066.5
MTQ=1 LTR=1e-3 MLT=1e-6 4G=1e-9 CLT=1e-5 DLT=1e-4 A44=1e-2 HLT=0.1 K6=1 MAL=1e3 MMQ=1e-9 CMQ=1e-6 DMQ=1e-3 DMA=1e3 INQ=1.6387064e-5 FTQ=0.028316846592 YDQ=0.764554857984 GLL=3.785411784e-3 GLI=4.54609e-3 PTL=4.73176473e-4 PTI=5.6826125e-4 QTL=9.46352946e-4 QTI=1.1365225e-3 OZA=2.95735295625e-5 OZI=2.84130625e-5 BLL=0.158987294928
MTK=1 MMK=1e-6 CMK=1e-4 DMK=1e-2 ARE=100 HAR=1e4 KMK=1e6 INK=6.4516e-4 FTK=0.09290304 YDK=0.83612736 ACR=4046.8564224 MIK=2589988.110336
MTS=1 2M=1e-2 C16=1e-3 M62=1e3 2X=1/60 KMH=1/3.6 HM=0.44704 KNT=1852/3600 FS=0.3048 FR=0.00508 IU=0.0254
MSK=1 C11=1e-5 K40=9.80665
JOU=1 C15=1e-3 KJO=1e3 3B=1e6 GV=1e9 D30=1e12 J55=1 WHR=3600 KWH=3.6e6 MWH=3.6e9 GWH=3.6e12 E14=4186.8 K53=4184 BTU=1055.05585262
WTT=1 D80=1e-6 C31=1e-3 KWT=1e3 MAW=1e6 A90=1e9
HTZ=1 KHZ=1e3 MHZ=1e6 A86=1e9
VLT=1 D82=1e-6 2Z=1e-3 KVT=1e3 B78=1e6
AMP=1 C70=1e-12 C39=1e-9 B84=1e-6 4K=1e-3 B22=1e3
OHM=1 B94=1e-6 E45=1e-3 B49=1e3 B75=1e6 A87=1e9
NEW=1 B92=1e-6 C20=1e-3 B47=1e3 B73=1e6
KMQ=1 23=1e3 D41=1e3 GJ=1e3 B35=1e3 B34=1e3 GL=1 F23=1 A93=1e-3 M1=1e-3 GP=1e-6 H29=1e-6 GQ=1e-9 87=16.018463373960142
C36=1 M33=1 C35=1e3 C38=1e3 B46=1e3
C34=1 FH=1e-6 C18=1e-3 B45=1e3
C62=1 P1=1e-2 NX=1e-3 59=1e-6 61=1e-9 E40=1e-5
M29=1 60=1e-2 NA=1e-6 J33=1e-9 L32=1e-12
K62=1 H60=1 L19=1e-3 J91=1e-3 J36=1e-6 H65=1e-6 J87=1e-6 L21=1e-9
H87=1 EA=1 PR=2 DZN=12 GRO=144 CEN=100 MIL=1000
C81=1 C25=1e-3 B97=1e-6 DD=3.141592653589793/180 D61=3.141592653589793/10800 D62=3.141592653589793/648000 A91=3.141592653589793/200
MQS=1 MQH=1/3600 L2=1e-3/60 E32=1e-3/3600 LD=1e-3/86400
KGS=1 F31=1/60 E93=1/3600
BQL=1 2Q=1e3 4N=1e6 GBQ=1e9 CUR=3.7e10 MCU=3.7e7 M5=3.7e4
A95=1 C13=1e-3
D13=1 C28=1e-3
P65=1 P66=1e-3 P67=1e-6 P68=1e-9 P70=1/3600 P71=1e-3/3600 P72=1e-6/3600 P73=1e-9/3600
LUX=1 KLX=1e3
D10=1 H61=0.1 G42=1e-4`;

interface Unit {
  readonly dimension: number;
  readonly factor: number;
  readonly offset: number;
}

const product = (text: string): number => text.split('*').reduce((whole, part) => whole * quotient(part), 1);
const quotient = (text: string): number => {
  const [over = '', under = '1'] = text.split('/');
  return Number(over) / Number(under);
};

const units: ReadonlyMap<string, Unit> = new Map(
  lines
    .trim()
    .split('\n')
    .flatMap((line, dimension) =>
      line.split(' ').map((entry): [string, Unit] => {
        const [code = '', formula = ''] = entry.split('=');
        const [factor = '', offset = '0'] = formula.split('+');
        return [code, { dimension, factor: product(factor), offset: product(offset) }];
      }),
    ),
);

/** The codes that can be converted, for tests of the table. */
export const convertible: readonly string[] = [...units.keys()];

/**
 * A value in another unit; undefined when one of them is not known here or they measure different things. The result is rounded to
 * 12 significant digits (with an offset: 9 decimals), so that 78.8 °F are 26 °C and not a little more.
 * @param difference of two values (a standard deviation, a span): without the offset of temperatures
 */
export function converted(value: number, from: string, to: string, difference = false): number | undefined {
  if (from === to) return value;
  const [a, b] = [units.get(from), units.get(to)];
  if (a === undefined || b === undefined || a.dimension !== b.dimension) return undefined;
  const shift = difference ? 0 : a.offset - b.offset;
  const result = (value * a.factor + shift) / b.factor;
  return Number(shift === 0 ? result.toPrecision(12) : result.toFixed(9));
}
